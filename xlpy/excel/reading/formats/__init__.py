"""Number format codes (数字格式): what a cell shows, and whether that is still its value.

Own code and no library: of those on PyPI only `ssf` (0.2.2) reads these codes. It brings seven
packages (53 MB) to a program that reads strangers' files, fails in its constructor with every
Babel of the last years, and knows neither `!` as an escape nor G/通用格式.
"""
