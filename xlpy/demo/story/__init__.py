"""One story for any edition (示例脚本): a year in which all happens that a clerk should have seen.

Whatever belongs to the edition is derived from it; no name, label or figure of one stands here.
"""
