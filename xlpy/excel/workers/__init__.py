"""Worker processes (读取进程): a file that hangs or kills its reader costs one finding.

Never loses an order: results come back as the files were given.
"""
