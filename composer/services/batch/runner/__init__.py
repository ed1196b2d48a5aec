"""Sending the events of a run: several at once, at a pace, again where that may help.

flights    requests that are to go out, in the air, or wait for their next try
pacing     events a second: those wanted, and those reached
gate       whether a request may go out now
ledger     what is written down, in groups
chronicle  the same requests in history, for small runs
following  what follows from each answer
landing    what is left when a run stops
runner     the loop: who sends what when
sending    a run from its file to its end, in this process
process    the same in a process of its own
"""
