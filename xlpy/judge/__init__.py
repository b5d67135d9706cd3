"""The judging (评价): from filings, ballots and staff cells to decisions with reasons.

Exact and total: no float, no clock, no choice without its article.
"""
