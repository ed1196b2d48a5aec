"""For a process of root's: it goes by the permissions of files, as everybody else has to."""

from __future__ import annotations

import ctypes
import sys

_VERSION = 0x20080522
_OVERRIDE = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def give_up_power() -> bool:
    """In this thread and in those that it starts; ``False`` where there is no such thing."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice 32 of them
    if libc.capget(header, sets):
        return False
    for number in (0, 1, 2):
        sets[number] &= ~_OVERRIDE
    return libc.capset(header, sets) == 0
