"""Processes that are killed at random moments, and what may then be found in their profile.

journal      what a victim says it does, written by it and read once it is dead
ledger       what may stand in the profile after that: for each thing the values that are allowed
survey       what does stand there, by means of its own
server       where the victims send to: an independent witness of what arrived
old_profile  a profile as the first version of the app left it
headless     a victim without a window: ``python -m tests.helpers.kills.headless``
windowed     the real window as a victim
hunt         starts victims and kills them
"""
