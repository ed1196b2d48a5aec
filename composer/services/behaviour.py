"""The switches of the sandbox, kept in a file that a person can read and mend.

One wrong rule costs that rule only. Two windows of one profile each have their own sandbox; the
file has the switches of the one that was changed last. It may name project tokens: it is private.
"""

from __future__ import annotations

from pathlib import Path

from composer.core.behaviour import Behaviour
from composer.core.behaviour.record import read_behaviour, written_behaviour
from composer.core.jsontext import Layout, encode
from composer.core.personal_keys import without_personal_keys
from composer.services.files import write_atomically
from composer.services.kept import read_object
from composer.services.notices import Notices
from composer.services.ports import Clock


class BehaviourStore:
    """Implements ``ports.BehaviourStore``."""

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self._path = path
        self._clock = clock
        self._notices = notices

    def load(self) -> Behaviour:
        """The switches, without those that are wrong; all off where there is no file.

        A file that is no JSON object is put aside. Raises ``StoreError`` if it cannot be.
        """
        source = read_object(
            self._path,
            self._clock,
            self._notices,
            what="switches of the sandbox",
            instead="goes on with a sandbox on a good day",
        )
        behaviour, wrong = read_behaviour(source)
        if wrong:
            self._notices.add(
                "Some of the sandbox's switches could not be used and are left out: "
                f"{', '.join(wrong)}. Set them anew, or mend {self._path}."
            )
        return behaviour

    def save(self, behaviour: Behaviour) -> None:
        """Keep the switches. Raises ``StoreError``; the file is then as it was."""
        text = without_personal_keys(encode(written_behaviour(behaviour), Layout.PRETTY))
        write_atomically(self._path, text.encode("utf-8") + b"\n")
