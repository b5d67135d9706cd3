"""Tables drawn as sheets (表格版面): below one another, or one long list, for any paper.

Promises pages of A4 with headings that stay; never decides what stands in a table.
"""
