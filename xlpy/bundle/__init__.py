"""The package for Windows (Windows 便携包): built on any system from a checkout, never installed.

Gives the same bytes for the same checkout, and takes nothing whose digest is not written down.
"""
