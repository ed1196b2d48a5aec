"""The workings of packaging/dev.py. Standard library only: this runs before anything is installed.

It must not import from composer, whose libraries may not be there yet.
"""
