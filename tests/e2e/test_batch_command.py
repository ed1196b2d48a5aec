"""Rows of a file, sent by the command as a person runs it: real files, servers and kills."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.cli import main
from composer.core.mapping import ColumnRule, Mapping, Target
from composer.services.batch.mappings import MappingStore
from composer.services.clock import SystemClock
from composer.services.notices import Notices
from composer.services.paths import Profile
from composer.services.sandbox.server import Sandbox
from tests.helpers.batch_rows import HEADER, many, stored, table, to, written
from tests.helpers.batch_server import batch_server
from tests.helpers.command import Shell

ROWS = HEADER + "order paid,ada,2026-11-20T09:30:00Z,pro\norder paid,bob,2026-11-20T09:31:00Z,\n"
TEMPLATE = {
    "format": 2,
    "name": "Welcome mail",
    "variables": [{"name": "customer_id"}, {"name": "seats", "kind": "number"}],
    "body": {
        "event": "mail sent",
        "distinct_id": "{{customer_id}}",
        "properties": {"seats": "{{seats}}", "line": "{{row}}", "fixed": True},
    },
}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    running = Sandbox(clock=SystemClock().now)
    running.start()
    yield running
    running.stop()


def packed_in_a_zip(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("export/orders.csv", text)
    return buffer.getvalue()


JSON_ROWS = [
    {"event": "order paid", "distinct_id": "ada", "plan": "pro", "timestamp": "2026-11-20T09:30Z"},
    {"event": "order paid", "distinct_id": "bob", "timestamp": "2026-11-20T09:31:00Z"},
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.csv", ROWS.encode()),
        ("rows.csv", ROWS.replace(",", ";").encode("utf-16")),
        ("rows.jsonl", "\n".join(map(json.dumps, JSON_ROWS)).encode()),
        ("rows.json", json.dumps(JSON_ROWS, indent=2).encode()),
        ("rows.csv.gz", gzip.compress(ROWS.encode())),
        ("rows.zip", packed_in_a_zip(ROWS)),
    ],
)
def test_rows_of_every_form_arrive_as_events(
    shell: Shell, sandbox: Sandbox, tmp_path: Path, name: str, content: bytes
) -> None:
    code, out, err = shell.run("batch", written(tmp_path, content, name), *to(sandbox))
    assert code == 0, err
    assert out.startswith("Run 1: 2 of 2 events confirmed, in 1 request and ")
    assert "distinct_id: the person\n" in err
    assert "plan: properties\n" in err
    assert "$geoip_disable: true in every event that says nothing else\n" in err
    ada, bob = stored(sandbox)
    assert (ada["event"], ada["distinct_id"], ada["properties"]) == (
        "order paid",
        "ada",
        {"plan": "pro", "$geoip_disable": True},
    )
    assert ada["timestamp"] == "2026-11-20T09:30:00.000Z"
    assert bob["distinct_id"] == "bob"
    assert bob.get("properties", {}) == {"$geoip_disable": True}


def test_standard_input_is_read_and_a_small_run_is_in_history(
    shell: Shell, sandbox: Sandbox
) -> None:
    assert shell.run("batch", "-", *to(sandbox), given=ROWS.encode())[0] == 0
    (entry,) = shell.entries()
    assert entry.request.body == sandbox.arrivals()[0].body.read()
    assert shell.run("batch", "--runs")[1].endswith("Standard input to " + sandbox.url + "\n")


@pytest.mark.parametrize("way", ["file", "name", "id"])
def test_rows_fill_a_template_in(shell: Shell, sandbox: Sandbox, tmp_path: Path, way: str) -> None:
    folder = shell.profile / "templates" / "mails"
    folder.mkdir(parents=True)
    file = written(folder, json.dumps(TEMPLATE), "welcome.json")
    named = {"file": str(file), "name": "welcome MAIL", "id": "mails/welcome"}[way]
    rows = written(tmp_path, "Customer ID,seats,colour\nada,3,red\nbob,many,blue\ncy,5,\n")
    problems = tmp_path / "left.csv"
    code, out, err = shell.run(
        "batch", rows, *to(sandbox), "--template", named, "--problems", problems
    )
    assert code == 1, err
    assert "1 row did not fit." in out
    assert "Row 2 does not fit: " in err
    events = [(event["distinct_id"], event["properties"]) for event in stored(sandbox)]
    assert events == [
        ("ada", {"seats": 3, "line": "1", "fixed": True, "colour": "red"}),
        ("cy", {"seats": 5, "line": "3", "fixed": True}),
    ]
    (left,) = table(problems)
    assert left["Customer ID"] == "bob"
    assert left["Reason"].startswith("Row 2: ")
    mended = written(tmp_path, problems.read_text("utf-8").replace("many", "4"), "mended.csv")
    assert shell.run("batch", mended, *to(sandbox), "--template", named)[0] == 0
    bob = stored(sandbox)[2]["properties"]
    assert (bob["seats"], bob["line"]) == (4, "2")


def test_a_starter_is_a_template_too(shell: Shell, sandbox: Sandbox, tmp_path: Path) -> None:
    rows = written(tmp_path, "distinct_id,plan\nada,pro\n")
    _, _, err = shell.run("batch", rows, *to(sandbox), "--template", "no such thing")
    assert "No template is called 'no such thing'. There is: " in err
    assert sandbox.arrivals() == ()


def test_a_saved_mapping_is_used(shell: Shell, sandbox: Sandbox, tmp_path: Path) -> None:
    mapping = Mapping(
        name="Shop orders",
        rules=(
            ColumnRule(column="what", target=Target.EVENT),
            ColumnRule(column="who", target=Target.PERSON),
            ColumnRule(column="when", target=Target.TIME, time_format="%d/%m/%Y %H:%M"),
        ),
        historical_migration=True,
    )
    profile = Profile(shell.profile)
    shell.profile.mkdir()
    MappingStore(profile.mappings, SystemClock(), Notices()).save(mapping)
    rows = written(tmp_path, "what,who,when,extra\npaid,ada,02/03/2026 09:30,x\n")
    options = ["--mapping", "shop orders", "--zone", "Europe/Paris"]
    code, _, err = shell.run("batch", rows, *to(sandbox), *options)
    assert (code, err) == (0, "")
    (event,) = stored(sandbox)
    assert event["timestamp"] == "2026-03-02T08:30:00.000Z"
    assert "extra" not in event.get("properties", {})
    assert json.loads(sandbox.arrivals()[0].body.read())["historical_migration"] is True
    code, _, err = shell.run("batch", rows, *to(sandbox), "--mapping", "orders")
    assert code == 2
    assert "There is: Shop orders." in err


def test_the_result_table_names_every_event_and_no_formula(
    shell: Shell, sandbox: Sandbox, tmp_path: Path
) -> None:
    rows = written(tmp_path, HEADER + '"=cmd|calc",@ada,2026-11-20T09:30:00Z,pro\n')
    out = tmp_path / "results.csv"
    assert shell.run("batch", rows, *to(sandbox), "--out", out)[0] == 0
    (row,) = table(out)
    assert (row["event"], row["person"]) == ("'=cmd|calc", "'@ada")
    assert (row["source_row"], row["state"], row["status"]) == ("1", "confirmed", "200")
    assert stored(sandbox)[0]["uuid"] == row["uuid"]


def test_a_dry_run_sends_and_keeps_nothing(shell: Shell, sandbox: Sandbox, tmp_path: Path) -> None:
    rows = written(tmp_path, many(50) + "order paid,,2026-11-20T09:30:00Z,pro\n")
    options = [*to(sandbox), "--dry-run", "--events", "20", "--historical"]
    code, out, _ = shell.run("batch", rows, *options, "--json")
    assert code == 1
    told = json.loads(out)
    assert (told["events"], told["requests"], told["rows_not_fitting"]) == (50, 3, 1)
    assert told["first"]["distinct_id"] == "customer-0"
    _, out, _ = shell.run("batch", rows, *options)
    assert out.startswith(f"Nothing was sent. 50 events would go to {sandbox.url}/batch/ in 3 ")
    assert sandbox.arrivals() == ()
    assert not shell.profile.exists()
    code = shell.run("batch", rows, *to(sandbox), "--events", "20", "--historical")[0]
    assert code == 1
    assert sum(len(arrival.body.read()) for arrival in sandbox.arrivals()) == told["bytes"]


def test_one_request_an_event(shell: Shell, sandbox: Sandbox, tmp_path: Path) -> None:
    options = ["--one-each", "--gzip", "--workers", "2"]
    assert shell.run("batch", written(tmp_path, ROWS), *to(sandbox), *options)[0] == 0
    assert {arrival.path for arrival in sandbox.arrivals()} == {"/i/v0/e/"}
    assert len(sandbox.arrivals()) == 2


@pytest.mark.parametrize(
    ("rows", "options", "told"),
    [
        (HEADER, [], "There are no rows in rows.csv"),
        ("", [], "There are no rows in rows.csv"),
        ("colour\nred\n", [], "Nothing names the person"),
        (ROWS, ["--zone", "Mars/Olympus"], "is no time zone"),
        (ROWS, ["--template", "nowhere"], "No template is called 'nowhere'"),
        (ROWS, ["--mapping", "mine"], "None is saved"),
        (ROWS, ["--token", "phx_" + "aB3" * 14], "Use the project token"),
        (ROWS, ["--token", ""], "Name it with --token"),
        (ROWS, ["--to", "nowhere"], "No project is called"),
        (ROWS, ["--request-size", "25MB"], "under 20 MB"),
        (ROWS, ["--workers", "many"], "whole number from 1 to 32"),
        (ROWS, ["--out", "results.xlsx"], ".csv or .jsonl"),
        (ROWS, ["--out", "/no/such/folder/results.csv"], "no folder"),
        (ROWS, ["--resume"], "need no rows"),
        (b"\x00\x01\x02\xff" * 20_000, [], "Nothing names the event"),
        (b"x" * 6_000_000, [], "longer than"),
    ],
)
def test_what_cannot_be_sent_is_told_with_code_2_and_nothing_is_kept(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rows: str | bytes,
    options: list[str],
    told: str,
) -> None:
    profile = tmp_path / "profile"
    file = written(tmp_path, rows)
    with batch_server() as server:
        code = ended("--profile", profile, "batch", file, *to(server), *options)
        assert server.seen().requests == 0
    out, err = capsys.readouterr()
    assert (code, out) == (2, ""), err
    assert told in err
    assert ended("--profile", profile, "batch", "--runs") == 0
    assert capsys.readouterr().out == ""


def ended(*arguments: str | Path) -> int:
    """The exit code, also where the options themselves are at fault."""
    try:
        return main([*map(str, arguments)])
    except SystemExit as end:
        return int(end.code or 0)


def test_a_template_whose_variable_no_column_has_is_told(
    shell: Shell, sandbox: Sandbox, tmp_path: Path
) -> None:
    template = written(tmp_path, json.dumps(TEMPLATE), "template.json")
    rows = written(tmp_path, "seats\n3\n")
    code, _, err = shell.run("batch", rows, *to(sandbox), "--template", template)
    assert code == 2
    assert "The variable “customer_id” is empty." in err
    assert "The columns are: seats, row." in err
    broken = written(tmp_path, '{"format": 2}', "broken.json")
    code, _, err = shell.run("batch", rows, *to(sandbox), "--template", broken)
    assert code == 2
    assert "is no template" in err


def test_hostile_rows_are_left_out_and_the_others_go_on(
    shell: Shell, sandbox: Sandbox, tmp_path: Path
) -> None:
    good = "order paid,ada,2026-11-20T09:30:00Z,pro\n"
    bad = [
        "order paid,ada\n",
        'order paid,"' + "x" * 5_000_000 + '",2026-11-20T09:30:00Z,pro\n',
        f"order paid,{'p' * 300},2026-11-20T09:30:00Z,pro\n",
        "order paid,ada,yesterday,pro\n",
    ]
    rows = written(tmp_path, HEADER + good + "".join(row + good for row in bad))
    code, out, err = shell.run("batch", rows, *to(sandbox))
    assert code == 1
    assert "5 of 5 events confirmed" in out
    assert err.count("does not fit:") == len(bad)
    assert len(err) < 5_000
    assert len(stored(sandbox)) == 5
