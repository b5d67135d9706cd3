"""Where the year's work stands (全年进度): runs and changes in words, steps done, papers filed.

All of it comes from the log and the evaluation at hand; nothing here decides anything.
"""
