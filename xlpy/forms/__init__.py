"""The forms (申报表、评分表、经办人工作簿): drawn blank from their description, read back by it.

Every mistake becomes a finding; nothing here judges, opens a file or raises for what was typed.
"""
