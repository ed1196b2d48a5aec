"""What does not get through a clipboard and a terminal to any shell. It knows no shell."""

from __future__ import annotations

import re

UNSAFE = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\udc80-\udcff]")
"""Control characters but the line feed, and bytes that are not UTF-8 (as ``surrogateescape`` has
them). Terminals take them out, make a line feed of a carriage return, and complete file names at
a tab."""
