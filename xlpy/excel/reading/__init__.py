"""A stranger's workbook to a grid of cells (读取), or to a refusal that says why.

Never evaluates, follows a link, or reads what two readers would see differently.
"""
