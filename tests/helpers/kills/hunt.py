"""Starts a victim, kills it at a random moment, and tells what it said before."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Timer

from tests.helpers.kills.journal import Line, read

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which victim is killed up to ``seconds`` after it has said ``mark``."""

    module: str
    mark: str
    seconds: float
    favourite: str = ""


HEADLESS, WINDOWED = "tests.helpers.kills.headless", "tests.helpers.kills.windowed"
FIRST = Plan(module=HEADLESS, mark="opening", seconds=0.1)
"""While an old profile is brought up"""
PLANS = (
    Plan(module=HEADLESS, mark="busy", seconds=1.0),
    Plan(module=HEADLESS, mark="busy", seconds=0.6, favourite="send"),
    Plan(module=HEADLESS, mark="busy", seconds=0.6, favourite="save_template"),
    Plan(module=HEADLESS, mark="pruning", seconds=0.3, favourite="keep_house"),
    Plan(module=HEADLESS, mark="packing", seconds=0.2, favourite="back_up"),
    Plan(module=HEADLESS, mark="restoring", seconds=0.3, favourite="restore"),
    Plan(module=WINDOWED, mark="open", seconds=3.0),
    Plan(module=WINDOWED, mark="open", seconds=1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """What the victim said until it was killed, and what it cried, which should be nothing."""

    said: list[Line]
    cries: str


_CHATTER = "This plugin does not support propagateSizeHints()\n"
"""Qt's, where there is no screen"""


def hunt(plan: Plan, arguments: list[str], random: Random) -> Death:
    """Start a victim and kill it as planned."""
    with subprocess.Popen(
        [sys.executable, "-m", plan.module, *arguments, plan.favourite],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as victim:
        assert victim.stdout
        assert victim.stderr
        said, timer = bytearray(), Timer(random.uniform(0, plan.seconds), victim.kill)
        for line in victim.stdout:
            said += line
            if not timer.ident and line.startswith(b'["%s"' % plan.mark.encode()):
                timer.start()
        timer.cancel()
        cries = victim.stderr.read().decode("utf-8", "replace").replace(_CHATTER, "")
    return Death(said=read(bytes(said)), cries=cries)
