"""Frozen values everything else is made of: Place, Finding, Filing, Ballot, Decision, Sheet.

Missing is None and never a number; nothing here knows disk, clock or workbook library.
"""
