"""Batches: sources of rows, saved mappings, the table of events, runs and their sending.

Each part has its own module or package, and whoever wants one imports that; nothing is imported
here, so that a process of its own loads no more than its task needs.
"""
