"""A process that fills or sends a run as fast as it can, until it is killed.

Arguments: the file of runs, a seed, and the id of a run; without it, it fills a new one. A line
that begins with ``sent`` names the events that "the server" got; one with ``confirmed`` those of
which the journal has said that it knows.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

from composer.core.batch.run import RunState
from composer.services.batch.runs import Journal, RunStore
from composer.services.clock import SystemClock
from tests.services.batch.runs.making import (
    CONFIRMED,
    PLACE,
    SMALL,
    UNCERTAIN,
    all_ended,
    body,
    uuids,
)


def say(word: str, bodies: list[bytes]) -> None:
    """In one write, so that a kill leaves no half of a line."""
    names = " ".join(uuid for data in bodies for uuid in uuids(data))
    os.write(1, f"{word} {names}\n".encode())


def send(store: RunStore, run: int, random: Random) -> None:
    with Journal(store, run) as journal:
        while claims := journal.claim(random.choice((1, 1, 2, 5))):
            say("sent", [claim.body for claim in claims])
            if random.random() < 0.2:
                big = next((claim for claim in claims if claim.events > 1), None)
                if big:
                    claims.remove(big)
                    claims += journal.split(big, status=413)
            unsure = [claim for claim in claims if random.random() < 0.1]
            sure = [claim for claim in claims if claim not in unsure]
            journal.settle([*all_ended(sure, CONFIRMED), *all_ended(unsure, UNCERTAIN)])
            say("confirmed", [claim.body for claim in sure])
        journal.set_state(RunState.ENDED)


def fill(store: RunStore) -> None:
    with store.begin(PLACE, SMALL, "never whole") as writer:
        say("sent", [])
        number = 0
        while True:
            number += 1
            writer.add([(number, body(number))])


def main() -> None:
    path, seed, *run = sys.argv[1:]
    store = RunStore(Path(path), SystemClock())
    if run:
        send(store, int(run[0]), Random(seed))
    else:
        fill(store)


if __name__ == "__main__":
    main()
