"""The experts as statistics see them (专家统计): totals, their fit, agreement; floats, no names."""
