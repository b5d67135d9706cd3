"""专家评分表, drawn for an expert and read back, sealed against strangers.

A blank score is missing and never 0; an own formula is recomputed and never trusted.
"""
