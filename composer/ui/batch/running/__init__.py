"""Sending the events of the batch as a run, in the window, and what became of each run.

controller  the run that is under way: prepared, sent, paused, stopped; it outlives every widget
bar         ``RunBar``, below the table: options, Send, progress
view        ``RunsView``, in the table's place: every run, and what became of its events
needs       what both ask of the window
"""
