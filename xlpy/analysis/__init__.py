"""What the meeting asks of a judging (会商分析): pure functions over its results.

pandas on floats made from exact scores at the last moment; no decision can come from here.
"""
