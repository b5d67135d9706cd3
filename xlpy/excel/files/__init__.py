"""Files on disk: replaced whole or not at all, under names every system takes.

Never leaves half a file, never follows a name a stranger chose out of its folder.
"""
