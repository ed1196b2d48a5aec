"""What every subcommand needs of the terminal and the profile: exit codes, words, settings."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol

from composer.core.settings import Settings
from composer.services.clock import SystemClock
from composer.services.notices import Notices
from composer.services.paths import Profile, default_profile
from composer.services.settings import SettingsStore


class Commands(Protocol):
    """What ``argparse`` collects subcommands in, under a private name."""

    def add_parser(self, name: str, /, **options: Any) -> ArgumentParser: ...


class Exit(IntEnum):
    """Exit codes; the last two are those of a shell."""

    OK = 0
    REJECTED = 1
    UNREADABLE = 2
    UNREACHABLE = 3
    INTERRUPTED = 130
    BROKEN_PIPE = 141


def tell(*sentences: str) -> None:
    """Say something about the result, which has standard output to itself."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def profile_in(folder: Path | None) -> Profile:
    """The profile in ``folder``, or the platform's own. Nothing is made."""
    return Profile(folder.absolute()) if folder else default_profile()


def load_settings(folder: Path | None) -> Settings:
    """The settings alone, for commands that keep nothing."""
    notices = Notices()
    settings = SettingsStore(profile_in(folder).settings, SystemClock(), notices).load()
    tell(*notices.all())
    return settings
