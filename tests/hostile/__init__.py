"""Hostile and odd workbooks by the hundred (异常文件), each with what must become of it."""
