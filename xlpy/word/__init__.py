"""The only room that knows a library of documents: letters as values in, .docx files out.

It never knows a platform, a rule or a form; text of strangers is text, never markup.
"""
