"""Many cases side by side (汇总): sums, the workbook, the JSON, each of the same figures.

Promises exact sums of what the cases came to; never maps one edition's grades to another's.
"""
