"""平台申报表 as read: answers, ledger, summary, what they prove, and the copy sent back.

One bad cell never stops the next; a row with an error proves nothing.
"""
