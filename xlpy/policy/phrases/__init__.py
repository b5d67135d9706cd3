"""What the printed words of the rule say (措辞): numbers, units, 以上 and 不超过.

The wording decides the comparison; code never spells one for a rule.
"""
