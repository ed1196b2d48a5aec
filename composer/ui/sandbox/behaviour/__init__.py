"""How the sandbox is told to behave, from the window: switches, faults by rule, feature flags.

view      the second view of the Sandbox place, made of sections
switches  the behaviour as the window holds it: applied at once, kept, undone
reading   what is typed into the fields, read and checked
words     rules in words
"""
