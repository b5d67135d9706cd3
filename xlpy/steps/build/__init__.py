"""`xlpy build`: templates, add-in and workbook made again from their sources.

Never used in a year's work; CI holds the files checked in against it.
"""
