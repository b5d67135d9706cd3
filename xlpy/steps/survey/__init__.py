"""Many cases at once (多个项目汇总): each evaluated where it lies, none of them changed.

A case that is broken, hostile or too slow costs itself only, and is named with the reason.
"""
