"""An open workbook (打开的工作簿) through xlwings: blocks read, blocks written, marks set.

Never decides what to write, and never touches a cell it was not given.
"""
