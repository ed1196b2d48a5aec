"""What can go wrong with the world, as exceptions whose text is written for the person.

::

    ComposerError
    ├── ProfileError   the profile folder cannot be used at all
    └── StoreError     something could not be read or written down

Our own mistakes are ordinary Python exceptions and end in the log.
"""

from __future__ import annotations


class ComposerError(Exception):
    """The text is a sentence with a next step, fit to be shown."""


class ProfileError(ComposerError):
    """The profile folder cannot be made, read or written."""


class StoreError(ComposerError):
    """History, templates, settings or drafts could not be read or written."""
