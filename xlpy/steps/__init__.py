"""The steps of a year's work (步骤): new, check, ballots, evaluate, export, verify.

Here values meet the disk; a failure in the middle leaves the old files as they were.
"""
