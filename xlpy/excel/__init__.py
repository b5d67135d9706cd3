"""The only place that knows workbook libraries: read, write, read back."""
