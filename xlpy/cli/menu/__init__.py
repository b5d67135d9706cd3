"""The menu (菜单) for who types no commands: it asks for a number and runs the command line.

What an item does and says is what the command does and says; here stand only the questions.
"""
