"""Killed at any moment, the app loses no draft, no template and no row, and claims nothing false.

The environment variable KILLS says how often to kill, KILLS_SEED which moments to take again.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from random import Random

import pytest

from tests.helpers.kills.hunt import FIRST, PLANS, hunt
from tests.helpers.kills.journal import Line
from tests.helpers.kills.ledger import Ledger
from tests.helpers.kills.old_profile import make_old_profile
from tests.helpers.kills.server import witnessing
from tests.helpers.kills.survey import survey

KILLS = int(os.environ.get("KILLS", "20"))
LIFE = 5
"""Kills that one profile goes through, the first of them while it is brought up"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


@pytest.mark.timeout(120)
@pytest.mark.parametrize("life", range(-(-KILLS // LIFE)))
def test_a_kill_costs_nothing(tmp_path: Path, life: int) -> None:
    seed = f"{os.environ.get('KILLS_SEED') or secrets.token_hex(4)}"
    random = Random(f"{seed}-{life}")
    profile = tmp_path / "profile"
    ledger = Ledger(make_old_profile(profile))
    with witnessing() as server:
        for number in range(LIFE):
            plan = random.choice(PLANS) if number else FIRST
            arguments = [str(profile), str(tmp_path), server.address, f"{seed}-{life}-{number}"]
            death = hunt(plan, arguments, random)
            found = survey(profile)
            ledger.follow(death.said)
            faults = [
                *found.faults,
                *ledger.compare(found.facts),
                *found.compare_with_server(server.received),
            ]
            last = [(line.what, *line.facts) for line in death.said if line.what != "beat"][-3:]
            story = (
                f"KILLS_SEED={seed}, life {life}, kill {number}: {plan}, {len(death.said)} {last}"
            )
            assert not death.cries, f"{story}: {death.cries}"
            assert not faults, f"{story}: {faults[:10]}"
            sys.stdout.write(f"{story}\n")
            ledger.settle(found.facts)


def test_the_ledger_finds_what_was_lost_or_invented() -> None:
    ledger = Ledger({"draft_1": "old", "row_7": "there"})
    ledger.follow(
        [
            Line(what="begin", facts={"draft_1": ("new",), "template_T": ("/e",)}),
            Line(what="done", facts={"draft_1": ("new",)}),
        ]
    )
    there = {"draft_1": frozenset({"new"}), "row_7": frozenset({"there"})}
    assert ledger.compare(there) == []
    assert ledger.compare(there | {"template_T": frozenset({"/e"})}) == []
    for spoiled in (
        there | {"draft_1": frozenset({"old"})},
        there | {"template_T": frozenset({"/half"})},
        {"draft_1": frozenset({"new"})},
        there | {"note_7": frozenset({"invented"})},
    ):
        assert len(ledger.compare(spoiled)) == 1


def test_an_edit_may_only_be_missing_for_a_moment() -> None:
    beats = [Line(what="beat", at=number * 0.05) for number in range(100)]
    edits = [
        Line(what="edit", at=at, facts={"draft_1": (text,)})
        for at, text in ((0.5, "early"), (1.0, "older"), (4.9, "newest"))
    ]
    ledger = Ledger({"draft_1": "first"})
    ledger.follow([*beats, *edits])
    found = [t for t in ("first", "early", "older", "newest") if not _lost(ledger, t)]
    assert found == ["older", "newest"]


def _lost(ledger: Ledger, text: str) -> list[str]:
    return ledger.compare({"draft_1": frozenset({text})})
