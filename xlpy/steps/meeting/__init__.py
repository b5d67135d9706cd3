"""What the meeting looks at (会议材料): analysis, documents and tables, all from one evaluation.

Nothing here changes a decision, a filed paper or the workbook.
"""
