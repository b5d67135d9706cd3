"""What the rule leaves open (参数): the entries, what staff typed, the values in force.

A text that is no value never takes effect: the default stays, and says so.
"""
