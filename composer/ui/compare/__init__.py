"""Two requests side by side: what differs, in words, over the two bodies.

sides    a request under a name: what is composed, was pasted, was sent
words    a comparison in words, on screen and for the clipboard
table    the differences as rows
bodies   the two bodies, which scroll to the chosen difference
dialog   the window beside the window
opening  how others open it
"""
