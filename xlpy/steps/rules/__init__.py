"""The rule of a case (项目的政策版本): which a new one takes, and the copy it is judged by.

Never takes a changed copy, and never one of two of the same id.
"""
