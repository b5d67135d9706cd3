"""The sheets of a blank 平台申报表 (空白申报表): guide and 附件1 to 附件4, with their formulas.

Never holds a limit or a label of its own: edition and form say them.
"""
