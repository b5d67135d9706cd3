"""What a file is, told before any reader touches it (文件甄别): by its name, its bytes, its parts.

Nothing here is opened, followed or unpacked further than the answer needs.
"""
