"""One meaning, one spelling (规范化): the XML of a workbook's parts, however it was written.

Only elements of the format's own namespaces count, where the format has them. What two readers
would see differently is refused, or told cell by cell, with both readings; never chosen.
"""
