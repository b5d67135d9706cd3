"""The catalogue of findings (校验问题目录): texts and traits of every code, and of refusals.

The only place that says whether a kind of finding blocks, can be accepted, or goes to whom.
"""
