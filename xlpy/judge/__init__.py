"""The judging (评价): from filings, ballots and staff cells to decisions with reasons."""
