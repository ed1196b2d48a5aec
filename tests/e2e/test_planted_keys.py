"""Keys are planted wherever a person can put them, and then looked for in every file there is."""

from __future__ import annotations

import base64
import json
import logging
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit

from composer.app import App
from composer.core.batch.options import BatchOptions
from composer.core.batch.results import ResultsFormat, ResultsKind
from composer.core.batch.run import RunState, Try
from composer.core.behaviour import Behaviour
from composer.core.exporting import ExportFormat
from composer.core.history import EVERYTHING
from composer.core.outcome import Accepted
from composer.core.tokens import KeyMode
from composer.services.batch.runs import Journal, RunStore
from composer.services.environment import open_environment
from composer.services.logs import install_log
from composer.services.paths import Profile
from composer.ui.history.packs import TicketPacks
from composer.ui.paste.clip import clip_of
from tests.e2e.conftest import Opened
from tests.helpers.batch_window import (
    begin_import,
    begin_run,
    ended_runs,
    finish_import,
    page_of,
    the_end,
)
from tests.helpers.recorder import Recorder, recording
from tests.helpers.sends import sent
from tests.helpers.template_files import FIRST, template
from tests.helpers.window import named, type_into, wait_until

TOKEN = "phc_Kq3vJ8mZp1XwR5tYb7NcD2fGh4LsA6uEo9Ii0PqWxYz"
PERSONAL = "phx_9sDf7Gh2Jk4Lz6Xc8Vb1Nm3Qw5Er7Ty0UiOpAsDfGhJ"
MAY_HOLD_TOKENS = (
    "settings.json",
    "sandbox.json",
    "workspace-",
    "history.sqlite3",
    "runs.sqlite3",
    "batch-",
)
"""How the names of files of the profile begin that hold project tokens, as they must"""


# Planting


def curl(key: str, bearer: str) -> str:
    event = json.dumps({"api_key": key, "event": "pasted", "distinct_id": "p", "also": bearer})
    return f"curl https://eu.i.posthog.com/e/ -H 'Authorization: Bearer {bearer}' -d '{event}'"


def har(key: str, bearer: str) -> str:
    event = json.dumps({"api_key": key, "event": "captured", "distinct_id": bearer})
    request = {
        "method": "POST",
        "url": f"https://eu.i.posthog.com/e/?token={key}",
        "headers": [{"name": "Authorization", "value": f"Bearer {bearer}"}],
        "postData": {"mimeType": "application/json", "text": event},
    }
    return json.dumps({"log": {"version": "1.2", "entries": [{"request": request}]}})


def postman(key: str, bearer: str) -> str:
    event = json.dumps({"api_key": key, "event": "bought", "distinct_id": "{{id}}", "k": bearer})
    request = {
        "method": "POST",
        "header": [{"key": "Authorization", "value": f"Bearer {bearer}"}],
        "body": {"mode": "raw", "raw": event},
        "url": "https://eu.i.posthog.com/e/",
    }
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    variables = [{"key": "id", "value": bearer}, {"key": "token", "value": key}]
    return json.dumps(
        {
            "info": {"name": f"Shop {bearer}", "schema": schema},
            "item": [{"name": f"Buy {bearer}", "request": request}],
            "variable": variables,
        }
    )


async def paste(app: App, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    before = app.bench.pastes.origin
    app.bench.pastes.take(clip_of(data))
    await wait_until(lambda: app.bench.pastes.origin is not before, "what was pasted")


def plant_in_projects(app: App, server: Recorder) -> None:
    """The token where it belongs, the personal key in every text of a project."""
    preferences = app.bench.preferences
    preferences.change(destination_id="self_hosted")
    place = replace(preferences.destination, address=server.address, production=False)
    preferences.change_destination(place)
    field = named(app.window, "Project token", QLineEdit)
    type_into(field, PERSONAL)
    type_into(field, TOKEN)
    assert preferences.destination.token == TOKEN
    preferences.add_destination(
        replace(
            place,
            id="leaky",
            name=f"Leaky {PERSONAL}",
            token=PERSONAL,
            address=f"https://{PERSONAL}.example.com",
            proxy=f"http://me:{PERSONAL}@proxy.example.com:3128",
            headers=(("Authorization", f"Bearer {PERSONAL}"), ("X-Other", PERSONAL)),
        )
    )
    preferences.change_destination(
        replace(preferences.destination, headers=(("X-Api-Key", TOKEN),))
    )


async def plant_in_drafts(app: App) -> None:
    session = app.bench.session
    for text in (
        f'{{"api_key": "{PERSONAL}", "event": "e", "distinct_id": "{PERSONAL}"}}',
        f'{{"token": "{TOKEN}", "broken": "{PERSONAL}", // no JSON',
        f'{{"api_key": "\\u0070hx_{PERSONAL[4:]}", "event": "escaped"}}',
    ):
        session.open_tab()
        session.set_text(text)
        session.choose_type("pageview")
    await paste(app, curl(TOKEN, PERSONAL))
    await paste(app, har(PERSONAL, TOKEN))
    app.bench.batch.add(session.draft)
    await app.bench.batch.settled()


async def plant_in_history(app: App) -> None:
    """A send that carries the personal key is refused; a sound one gets it into its note."""
    bench = app.bench
    bench.session.open_tab()
    bench.session.set_text(
        f'{{"api_key": "{TOKEN}", "event": "e", "distinct_id": "p", "properties": '
        f'{{"secret": "{PERSONAL}"}}}}'
    )
    refused: list[str] = []
    bench.sends.failed.connect(refused.append)
    bench.desk.send()
    await wait_until(lambda: refused or not bench.session.request, "the refusal")
    assert bench.services.history.count() == 0
    bench.session.set_text(f'{{"api_key": "{TOKEN}", "event": "e", "distinct_id": "p"}}')
    report = await sent(app)
    assert isinstance(report.outcome, Accepted)
    assert report.history_id is not None
    note = f"They sent {PERSONAL} and {TOKEN}."
    bench.services.history.annotate(report.history_id, note=note, ticket=PERSONAL)


def plant_in_runs(app: App, profile: Path) -> None:
    """The token in a destination, the personal key in an event and in every text of a run."""
    place = replace(app.bench.preferences.destination, name=f"Leaky {PERSONAL}")
    event = f'{{"event":"e","distinct_id":"p","properties":{{"secret":"{PERSONAL}"}}}}'
    with closing(RunStore(Profile(profile).runs, app.bench.services.clock)) as store:
        with store.begin(place, BatchOptions(), f"{PERSONAL}.csv") as writer:
            writer.add([(1, event), (2, '{"event":"e","distinct_id":"p"}')])
            writer.set_aside(3, f"There is {PERSONAL} in it.", event)
            run = writer.finish()
        with Journal(store, run.id) as journal:
            (claim,) = journal.claim(1)
            trial = Try(
                request=claim.request_id,
                number=1,
                at=app.bench.services.clock.now(),
                status=503,
                words=f"They answered {PERSONAL}.",
                waits=1.0,
            )
            journal.tried(trial)
            journal.set_state(RunState.STOPPED, f"For {PERSONAL}.")


async def plant_in_a_batch(app: App, outside: Path) -> None:
    """The personal key in cells, in a heading and in rows that do not fit; then sent and exported.

    The token is the destination's. The file itself is the person's own, and goes.
    """
    good = f"paid,customer-1,2026-11-20T09:00:00Z,{PERSONAL},a"
    bad = f"paid,,2026-11-20T09:00:00Z,{PERSONAL},b"
    named_so = f"{PERSONAL},customer-2,2026-11-20T09:00:00Z,a,c"
    path = outside / "planted.csv"
    heading = f"event,distinct_id,timestamp,of {PERSONAL},other"
    path.write_text(f"{heading}\n{good}\n{bad}\n{named_so}\n")
    await begin_import(app, path)
    desk = page_of(app).importing.desk
    desk.keeper.save(replace(desk.mapping, name=f"From {PERSONAL}"))
    await finish_import(app)
    path.unlink()
    await app.bench.services.batch.table.export_problems(1, str(outside / "problems.csv"))
    runs = ended_runs(app)
    await begin_run(app, answer="Send anyway")
    run = await the_end(runs)
    for what in ResultsKind:
        for form in ResultsFormat:
            target = str(outside / f"results-{what}.{form}")
            await app.bench.services.batch.runs.export_results(run.id, target, what, form)


def plant_in_templates(app: App, outside: Path) -> None:
    templates = app.bench.services.templates
    draft = FIRST.with_token(TOKEN).with_value(("properties", "secret"), PERSONAL)
    draft = draft.with_value(("properties", "other"), f"and {TOKEN}")
    templates.save(
        template(f"Named {PERSONAL}", draft, folder=PERSONAL, description=f"{TOKEN} {PERSONAL}")
    )
    collection = outside / "shop.json"
    collection.write_text(postman(TOKEN, PERSONAL))
    assert templates.import_from([str(collection)]).templates
    collection.unlink()
    own = [one.id for one in templates.all() if not one.is_starter]
    for name in ("templates.zip", "templates-folder"):
        assert templates.export_to(own, str(outside / name)) == len(own)


async def write_everything_else(app: App, outside: Path) -> None:
    services = app.bench.services
    for kind in ExportFormat:
        path = outside / f"export-{kind.name}.txt"
        await services.exports.export(EVERYTHING, kind, str(path), KeyMode.MASKED)
    row = services.history.rows()[0]
    entry = services.history.entry(row.id)
    assert entry
    packs = TicketPacks(
        app.bench.preferences,
        app.bench.copier,
        court=app.bench.court,
        exports=services.exports,
        messages=app.bench.messages,
        tasks=app.bench.tasks,
        now=services.clock.now,
    )
    packs.save(entry, str(outside / "pack.md"))
    await wait_until((outside / "pack.md").exists, "the ticket pack")
    assert await app.bench.save()
    await services.backups().make(str(outside / "backup.zip"))


# Looking


def spellings(key: str) -> Iterator[bytes]:
    """The middle of a key, which no masked key shows, as it may stand in a file, in small letters.

    Base64 has three of them, by where in a group of three bytes the key begins.
    """
    heart = key[8:36]
    for text in (heart, quote(heart), heart[::-1], "".join(f"\\u{ord(c):04x}" for c in heart)):
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
    for shift in range(3):
        packed = base64.b64encode(b"\0" * shift + heart.encode())
        yield packed[4:-4]
    yield heart.encode().hex().encode()


def holds(data: bytes, key: str) -> bool:
    data = data.lower()
    return any(spelling.lower() in data for spelling in spellings(key))


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, and what is packed into archives."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield name, name.encode("utf-8", "surrogateescape")
        if path.is_file():
            yield name, path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield f"{name}:{member}", member.encode() + b"\n" + archive.read(member)


def may_hold_tokens(name: str) -> bool:
    place, _, inside = name.partition("/")
    if place == "profile":
        return inside.startswith(MAY_HOLD_TOKENS)
    return name.startswith("backup.zip:") and name[11:].startswith(MAY_HOLD_TOKENS)


@pytest.mark.parametrize("spelled", [str, str.lower, lambda key: quote(key, safe="")])
def test_the_search_finds_what_it_looks_for(tmp_path: Path, spelled: object) -> None:
    assert callable(spelled)
    for number, data in enumerate(
        (
            f"a{spelled(TOKEN)}b".encode(),
            f"a{TOKEN}b".encode("utf-16"),
            base64.b64encode(b"12" + TOKEN.encode()),
            TOKEN.encode().hex().encode(),
        )
    ):
        (tmp_path / str(number)).write_bytes(data)
    found = {name for name, data in contents(tmp_path) if holds(data, TOKEN)}
    assert found == {"0", "1", "2", "3"}
    assert not any(holds(data, PERSONAL) for _, data in contents(tmp_path))


@pytest.mark.timeout(90)
async def test_no_key_stands_where_it_should_not(
    opened: Opened, profile: Path, tmp_path: Path
) -> None:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    with recording() as server:
        async with opened() as app:
            plant_in_projects(app, server)
            await plant_in_history(app)
            await plant_in_a_batch(app, tmp_path)
            await plant_in_drafts(app)
            plant_in_runs(app, profile)
            plant_in_templates(app, tmp_path)
            app.bench.services.behaviours.save(Behaviour(known_tokens=frozenset({PERSONAL, TOKEN})))
            install_log(Profile(profile), 1)
            logging.getLogger("composer.test").info(
                "%s %s %r", TOKEN, PERSONAL, curl(TOKEN, PERSONAL)
            )
            await write_everything_else(app, tmp_path)
        for handler in root.handlers[:]:
            if handler not in before[0]:
                root.removeHandler(handler)
                handler.close()
        root.setLevel(before[1])
        bodies = [server.next().body for _ in range(server.requests.qsize())]
    open_environment(profile).close()
    assert [holds(body, PERSONAL) for body in bodies] == [False, False]
    files = list(contents(tmp_path))
    assert [name for name, data in files if holds(data, PERSONAL)] == []
    with_token = {name for name, data in files if holds(data, TOKEN)}
    assert {name for name in with_token if not may_hold_tokens(name)} == set[str]()
    databases = {"profile/history.sqlite3", "profile/runs.sqlite3", "backup.zip:runs.sqlite3"}
    assert {"profile/settings.json", *databases} <= with_token
