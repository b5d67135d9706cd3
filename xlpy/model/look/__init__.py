"""One look (版式) for all people see, sheets and Word alike: fonts, colours, measures, pages.

Pure values: a font is a name and what stands in for it, a size is in points, a colour `#RRGGBB`.
"""
