"""Signs of writing (字符): those nobody sees, and those that look like others.

One list of each, for everybody who reads, compares or prints what strangers typed. Nothing here
ever rewrites a sign that people see.
"""
