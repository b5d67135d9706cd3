"""Number format codes (数字格式): what a cell shows, and whether that is still its value.

Own code: `ssf` 0.2 (PyPI) needs seven packages and did not start with two versions of Babel.
"""
