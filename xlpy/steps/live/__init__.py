"""The steps with the workbook open (按钮): in Excel, or in LibreOffice by `xlpy desk`.

Never writes a staff cell, and fills all sheets or none.
"""
