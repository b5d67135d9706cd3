"""The descriptions of the forms (表格说明): four TOML files, read as strictly as an edition.

Never lets an unknown or mistyped key pass.
"""
