"""The profile as a folder of a certain format: what belongs to it, and how it changes as a whole.

    parts      which files make up a profile, and which belong to this machine only
    swapping   several files replaced all at once or not at all, whenever the process is killed
    format     which format the folder has, refusing newer ones and bringing up older ones

How this fits together with the versions that single files have: see ``format``.
"""
