"""Who takes part (参评平台): filing and roster row made one, facts settled, doubts named.

Never chooses between two filings; what is unknown is 待核实.
"""
