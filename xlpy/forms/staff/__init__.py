"""evaluate.xlsm as staff left it (经办人工作簿): parameters, roster, rulings, acceptances, notes.

Never writes; a staff cell is kept as typed, whatever becomes of it.
"""
