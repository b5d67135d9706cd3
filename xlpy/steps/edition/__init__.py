"""`xlpy edition` (政策版本): list, check, diff and write editions; let a case take a mended one.

Never changes an edition that is there, and no case but by `apply`, with its reason in the log.
"""
