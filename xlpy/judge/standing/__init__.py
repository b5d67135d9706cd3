"""Where a platform stands before its score (资格、待补正、否决): Art. 2, 4, 6, 7, 9 and 16.

Never drops a platform without a reason and its article.
"""
