"""Pasting: whatever a person brings from elsewhere, opened in Compose or put into the batch.

clip       what the clipboard or a drop holds
reader     has it read, off the window's thread
reading    what came of it: requests with their events
arriving, offers    the draft as it is opened, with the person's own token; what else is offered
desk       what can be done with it; holds what was opened
strip      says in Compose where the event came from
box, model, events, dialog      the Paste window
original   the text as it was pasted
drops      files and text that are dropped on a window
commands   its commands in the main window
"""
