"""The sheets that are printed and filed: 评价结果, 公示名单, 奖补资金安排表, and their second look.

No account, telephone or score ever stands on the public list.
"""
