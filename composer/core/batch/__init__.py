"""Sending many events: the values and pure functions of a batch. No file, no network, no clock.

options   how a run is sent, and the limits of that
run       what is known of a run, its requests, its tries and its events
packing   which events go into one request
bodies    the bytes of a request
retrying  what follows from an answer: done, refused, once more, in halves, or a pause
table     the table of the Batch place: its rows, what is asked of it
facts     an event as the table keeps it
looking   what becomes of each event of the table
mending   rows of an import that did not fit, as a file
"""
