"""The forms (附件1-4, 评分表, 工作簿): blank ones as sheets, filled ones as filings and ballots."""
