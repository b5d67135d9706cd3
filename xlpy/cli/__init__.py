"""The face in a terminal (命令行)."""

from xlpy.cli.commands import main

__all__ = ["main"]
