"""The whole profile in one file, and back.

    manifest   what a backup says about itself, as text
    packing    a profile into a file, while it is in use
    unpacking  a file checked whole, then laid out
    restoring  what was laid out put in place at a start, before anything is read
    service    all of it for the window, in threads

A backup is a zip archive: the files of the profile under their own names, and ``manifest.json``.
"""
