"""The rule and the forms as data (政策文件): read strictly once, frozen, worded.

The only home of a limit, a grade, a label or an article; reads no file but its own.
"""
