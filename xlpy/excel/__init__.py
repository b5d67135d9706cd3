"""The only room that knows workbook libraries: files in, grids out, sheets in, files out.

It never knows a platform, a rule or a form: see README.md for what each part promises.
"""
