"""A case as tables for analysts (数据表): one row a fact, columns in English, labels in Chinese.

No account, no telephone and no person stands in any of them; experts have numbers.
"""
