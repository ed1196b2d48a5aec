"""One of several processes that work on a profile at once, and that nobody kills.

Arguments: the profile, the server's address, a name. It says ``ready``, goes on when it is told to,
and says as JSON which send it has pinned and which text it has open.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from qasync import QEventLoop

from composer.app import App, make_application
from composer.core.destination import Destination, DestinationKind
from composer.core.history import HistoryQuery
from composer.core.settings import Retention
from composer.core.templates import Step, Template
from composer.services.environment import open_environment
from tests.helpers.clock import START
from tests.helpers.window import wait_until

ROUNDS = 12


async def work(app: App, address: str, name: str) -> dict[str, object]:
    """Everything that a window writes, many times, beside another that does the same."""
    bench, services = app.bench, app.bench.services
    place = Destination(
        id=name,
        name=name,
        kind=DestinationKind.SELF_HOSTED,
        address=address,
        token=f"phc_{name}",
        production=False,
    )
    bench.preferences.add_destination(place)
    bench.preferences.change(destination_id=name)
    bench.session.set_value(("distinct_id",), name)
    newest = 0
    for number in range(ROUNDS):
        bench.session.start_new()
        bench.session.set_value(("event",), f"{name} {number}")
        bench.desk.send()
        await wait_until(lambda: not bench.sends.is_busy, "the outcome")
        steps = (Step(draft=bench.session.draft),)
        template = Template(id="", name=f"T {number}", steps=steps, saved_at=START)  # as in both
        await asyncio.to_thread(services.templates.save, template)
        await asyncio.to_thread(services.history.rows, HistoryQuery(text=name))
        row = next(r for r in services.history.rows() if r.summary.event == f"{name} {number}")
        newest = row.id
        services.history.annotate(row.id, note=f"note of {row.summary.event}", ticket=name)
    services.history.pin([newest], pinned=True)
    await asyncio.to_thread(services.history.prune, Retention(rows=1000), START)
    bench.preferences.change(**{"connect_timeout" if name == "left" else "answer_timeout": 7.0})
    assert await bench.save()
    return {"pinned": newest, "text": bench.session.text}


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def main() -> None:
    profile, address, name = sys.argv[1:4]
    app = App(application, open_environment(Path(profile)))
    app.window.show()
    app.start_services()
    say("ready")
    sys.stdin.readline()
    done = await work(app, address, name)
    say(json.dumps(done))
    sys.stdin.readline()
    await app.aclose()


if __name__ == "__main__":
    application = make_application()
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.run(main())
