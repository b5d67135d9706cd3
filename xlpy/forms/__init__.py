"""The forms (附件1-4, 评分表, 工作簿): blank forms as sheets, and filled ones as filings and ballots."""
