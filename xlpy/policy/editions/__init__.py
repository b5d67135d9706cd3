"""An edition of the rule (政策版本): its TOML file, read and checked against its own phrases.

Never returns an edition with a fault, and never another one than asked for.
"""
