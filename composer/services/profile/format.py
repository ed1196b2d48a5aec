"""Which format the profile has: noted in ``profile.json``, newer ones refused, older ones changed.

Versions are counted at three levels, and this is how they fit together:

- Each JSON file carries a version of its own, and each store reads all earlier ones for ever. What
  it does not know, from a newer version, it leaves alone and tells.
- A database carries its version in ``user_version``. ``composer.services.schema`` brings it up
  when it is opened, step by step, each in a transaction, after a copy; a file of a newer
  version is left alone, and another one stands in for it. This is for a file that came in by
  itself, from a backup of the disk, say.
- The profile as a whole has a ``FORMAT``. Whoever makes a change that would confuse the app as it
  was before (a history step, a new version of a file, another place for it) counts ``FORMAT`` up
  and says in ``HISTORY_VERSIONS`` which history goes with it. Then the older app refuses the whole
  profile with words, before it has touched anything, instead of showing half of it.

A profile without ``profile.json`` is of format 0: so they were before formats were noted. Steps
take one format to the next. The files that a step changes are moved to ``before-format-N``, all of
it at once (``swapping``): a kill leaves the old format or the new one. Where ``profile.json`` is
damaged, all steps are taken again, so a step leaves alone what has its new form already.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from composer import __version__
from composer.core.errors import ProfileError
from composer.core.jsontext import JsonError, Number, Object, encode, parse_bytes, to_python
from composer.services.files import put_aside, write_atomically
from composer.services.notices import Notices
from composer.services.paths import Profile
from composer.services.ports import Clock
from composer.services.profile.parts import BEFORE, FORMAT_CHANGE, RESTORE, parts_of
from composer.services.profile.swapping import Swap, free_name

FORMAT = 2
HISTORY_VERSIONS = {0: 1, 1: 2, 2: 2}
"""The version of the history file in a profile of each format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Leads to ``format`` from the one before.

    ``changes`` is given the profile's folder, which it only reads, and returns the new content of
    files by their path with ``/`` between; ``None`` for one that is moved away.
    """

    format: int
    changes: Callable[[Path], Mapping[str, bytes | None]]


def _nothing(_: Path) -> Mapping[str, bytes | None]:
    return {}


STEPS = (Step(format=1, changes=_nothing), Step(format=2, changes=_nothing))
"""Format 1 differs in history only, which brings itself up, and in that it is noted. In format 2
the list of a window and the runs have files of their own: an older app would show neither, and
leave both out of its backups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatNote:
    """What ``profile.json`` says: the format, and the version of the app that brought it there."""

    format: int
    app_version: str = ""


def refuse_newer(profile: Profile) -> None:
    """Raise ``ProfileError`` for a profile that a newer version has written; touches nothing.

    Also for one in which a newer version has begun a change. Raises ``OSError``.
    """
    folders = (profile.folder, *(Swap(profile.folder, name).files for name in _SWAPS))
    for folder in folders:
        note = read_note(folder / _NAME)
        if note is not None and note.format > FORMAT:
            raise ProfileError(_newer_words(profile, note))


def finish_change(profile: Profile) -> None:
    """End a step in which a process was killed. Raises ``StoreError`` and ``OSError``."""
    swap = Swap(profile.folder, FORMAT_CHANGE)
    if swap.is_begun:
        swap.finish()


def bring_up(
    profile: Profile,
    clock: Clock,
    notices: Notices,
    *,
    is_alone: bool,
    steps: Sequence[Step] = STEPS,
) -> None:
    """Take the steps that are missing and note the format. Call it with the profile's gate held.

    ``is_alone`` tells whether no other instance runs on the profile, which steps demand. Raises
    ``ProfileError``, ``StoreError`` and ``OSError``.
    """
    swap = Swap(profile.folder, FORMAT_CHANGE)
    if is_alone:
        swap.sweep()
    note = _note(profile, clock, notices)
    if note is None:
        latest = steps[-1].format
        write_atomically(profile.folder / _NAME, _encoded(FormatNote(format=latest)))
        return
    missing = [step for step in steps if step.format > note.format]
    if missing and not is_alone:
        raise ProfileError(
            "This profile has to be brought up to this version of Event Composer, and another "
            "window or command still uses it. Close that, and try again."
        )
    for step in missing:
        _take(step, profile, swap)


def read_note(path: Path) -> FormatNote | None:
    """What the file says; ``None`` where there is none or it says nothing. Raises ``OSError``."""
    if path.is_dir():
        return None
    try:
        content = parse_bytes(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, JsonError):
        return None
    number = content.get("format") if isinstance(content, Object) else None
    app = content.get("app") if isinstance(content, Object) else None
    found = to_python(number) if isinstance(number, Number) else None
    if not isinstance(found, int):
        return None
    return FormatNote(format=found, app_version=app if isinstance(app, str) else "")


def newer_words(app_version: str, format_: int) -> str:
    """Which version has written something of a newer format, as the beginning of a sentence."""
    who = f"Event Composer {app_version}" if app_version else "a newer version of Event Composer"
    return f"{who} (format {format_}; this is version {__version__} with format {FORMAT})"


_NAME = "profile.json"
_SWAPS = (FORMAT_CHANGE, RESTORE)


def _note(profile: Profile, clock: Clock, notices: Notices) -> FormatNote | None:
    """``None`` for a profile that is empty, format 0 for one without a note that can be read."""
    path = profile.folder / _NAME
    is_there = os.path.lexists(path)
    note = read_note(path)
    if note is not None:
        return note
    if is_there:
        aside = put_aside(path, clock.now())
        notices.add(
            f"The file {_NAME}, which notes the format of the profile, could not be read. It is "
            f"kept as {aside}; a new one was made."
        )
    return FormatNote(format=0) if is_there or parts_of(profile.folder) else None


def _take(step: Step, profile: Profile, swap: Swap) -> None:
    note = _encoded(FormatNote(format=step.format))
    changes = {**step.changes(profile.folder), _NAME: note}
    if len(changes) == 1:  # one file is replaced at once anyhow
        write_atomically(profile.folder / _NAME, note)
        return
    with swap.preparing() as place:
        for name, data in changes.items():
            if data is not None:
                write_atomically(place / swap.files.name / name, data)
    old = [name for name in changes if os.path.lexists(profile.folder / name)]
    swap.begin(old, free_name(profile.folder, f"{BEFORE}format-{step.format}"))
    swap.finish()


def _encoded(note: FormatNote) -> bytes:
    members = (("format", Number(str(note.format))), ("app", note.app_version or __version__))
    return f"{encode(Object(members))}\n".encode()


def _newer_words(profile: Profile, note: FormatNote) -> str:
    return (
        f"The profile {profile.folder} was written by "
        f"{newer_words(note.app_version, note.format)}. Nothing in it was changed. Update Event "
        "Composer, or choose another profile folder."
    )
