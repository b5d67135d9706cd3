"""Letters as values (公文): `report` makes them, `word` writes them.

Neither knows how the other works; no text in them is markup.
"""
