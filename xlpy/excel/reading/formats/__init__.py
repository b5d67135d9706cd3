"""Number format codes (数字格式): what a cell shows, and whether that is still its value.

Own code and no library: of those on PyPI only `ssf` (0.2.2) was found to read these codes. It
brings seven packages (53 MB) to a program that reads strangers' files, and with Babel 2.14 and
with today's it failed in its constructor, so that its drawing could not even be compared.
"""
