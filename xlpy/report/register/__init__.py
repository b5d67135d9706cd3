"""The register of what came (收件登记): a row a platform and a row an expert, and who is missing.

Derived from the log, the evaluation and the names of files; it decides nothing.
"""
