"""Importing: rows of a file, a paste or a count become events of the batch's table.

needs      what it asks of the window
desk       what is being imported and what has been looked at; all long work in threads
view       the page: source, columns, preview, then progress, then what did not fit
words      how formats, targets and times are called
"""
