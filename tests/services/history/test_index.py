"""The search index follows the history, whoever writes, and can always be made anew."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from composer.core.history import HistoryQuery
from composer.core.outcome import Accepted
from composer.core.settings import Retention
from composer.services.clock import SystemClock
from composer.services.environment import Environment, open_environment
from composer.services.history.following import STEP_ROWS
from composer.services.history.index import SearchIndex
from composer.services.notices import Notices
from composer.services.ports import SearchStoppedError
from composer.services.schema import migrations, open_database
from tests.helpers.clock import START
from tests.services.history.sending import OK, PLACE, send

ROOT = Path(__file__).parents[3]
FINE = Accepted(response=OK)
INDEX = "history-search.sqlite3"
SEARCHED_AND_KILLED = """
import os, sys
from pathlib import Path
from composer.core.history import HistoryQuery
from composer.services.environment import open_environment
history = open_environment(Path(sys.argv[1])).history
history.rows(HistoryQuery(text="customer-1"), limit=1)
print("searched", flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    with closing(open_environment(tmp_path)) as opened:
        yield opened


def found(environment: Environment, text: str) -> list[int]:
    query = HistoryQuery(text=text)
    ids = [row.id for row in environment.history.rows(query, limit=10_000)]
    assert environment.history.count(query) == len(ids)
    return ids


def indexed(folder: Path) -> int:
    with closing(sqlite3.connect(folder / INDEX)) as other:
        return int(other.execute("SELECT count(*) FROM briefs").fetchone()[0])


def test_a_send_and_what_becomes_of_it_are_found_at_once(environment: Environment) -> None:
    history = environment.history
    identifier = send(history)
    assert found(environment, "under way") == [identifier]
    history.finish(identifier, FINE)
    assert found(environment, "under way") == []
    assert found(environment, "200 OK") == [identifier]
    history.annotate(identifier, note="asked by Zo\u00eb", ticket="SUP-77")
    assert found(environment, "zo\u00cb sup-77 customer-42") == [identifier]
    history.annotate(identifier, note="", ticket="")
    assert found(environment, "sup-77") == []


def test_history_of_the_first_version_is_found_while_its_index_fills(tmp_path: Path) -> None:
    old = tmp_path / "history.sqlite3"
    notices = Notices()
    open_database(old, steps=migrations()[:1], probes=(), moment=START, notices=notices).close()
    number = 3 * STEP_ROWS
    row = (
        "INSERT INTO sends (id, slot, run, sent_at, event, person, events, destination_id,"
        " destination_name, destination_kind, destination_address, destination_path, path, size,"
        " outcome) VALUES (?, 1, 'r', '2026-11-21T09:30:00.000+00:00', 'old', ?, 1, 'us', 'US',"
        " 'us', 'https://us.i.posthog.com', '/i/v0/e/', '/i/v0/e/', 2, 'cancelled')"
    )
    content = (
        "INSERT INTO contents (send_id, method, url, headers, body, sha256)"
        " VALUES (?, 'POST', 'u', '[]', ?, '')"
    )
    with closing(sqlite3.connect(old)) as connection, connection:
        for identifier in range(1, number + 1):
            connection.execute(row, (identifier, f"person-{identifier}"))
            connection.execute(content, (identifier, b'{"even": %d}' % (identifier % 2)))
    with closing(open_environment(tmp_path)) as environment:
        history = environment.history
        new = send(history)
        assert new == number + 1
        page = history.rows(HistoryQuery(text='"even":"0"'), limit=5)
        assert [row.id for row in page] == list(range(number, number - 10, -2))
        assert 0 < indexed(tmp_path) < number
        assert found(environment, f"person-{number // 2}") == [number // 2]
        assert found(environment, "even:1") == list(range(number - 1, 0, -2))
        assert indexed(tmp_path) == number + 1
        (backup,) = tmp_path.glob("history.sqlite3.before-*")
        assert backup.stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_the_background_fills_it_before_anybody_searches(environment: Environment) -> None:
    for _ in range(3):
        send(environment.history)
    environment.history.keep_house(Retention(), START)
    assert indexed(environment.profile.folder) == 3


def test_two_windows_search_and_write_at_once(tmp_path: Path) -> None:
    with (
        closing(open_environment(tmp_path)) as one,
        closing(open_environment(tmp_path)) as two,
    ):
        first, second = send(one.history), send(two.history)
        assert found(one, "customer-42") == found(two, "customer-42") == [second, first]
        two.history.annotate(first, note="from the other window", ticket="")
        two.history.pin([second], pinned=True)
        assert found(one, "other window") == [first]
        assert [row.id for row in one.history.rows(HistoryQuery(pinned=True))] == [second]
        (row,) = one.history.rows(HistoryQuery(text="other"))
        assert row.note == "from the other window"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal 9")
def test_a_kill_leaves_the_rest_to_the_next(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as environment:
        for number in range(30):
            send(environment.history, b'{"distinct_id":"customer-%d"}' % number)
    done = subprocess.run(
        [sys.executable, "-c", SEARCHED_AND_KILLED, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("searched\n", "")
    with closing(open_environment(tmp_path)) as environment:
        assert found(environment, "distinct_id:customer-29") == [30]


@pytest.mark.parametrize("damaged", ["garbage", "scribbled", "cut", "of another", "newer"])
def test_an_index_that_is_no_good_is_made_anew(tmp_path: Path, damaged: str) -> None:
    with closing(open_environment(tmp_path)) as environment:
        for number in range(60):
            send(environment.history, b'{"distinct_id":"customer-%d"}' % number)
        found(environment, "customer")
    index = tmp_path / INDEX
    data = index.read_bytes()
    match damaged:
        case "garbage":
            index.write_bytes(b"This is no database at all. " * 200)
        case "scribbled":
            index.write_bytes(data[:4096] + b"\x5a" * (len(data) - 4096))
        case "cut":
            index.write_bytes(data[:4096])
        case "of another":
            with closing(sqlite3.connect(index)) as other, other:
                other.execute("UPDATE marks SET identity = 'another'")
                other.execute("DELETE FROM texts")
        case _:
            with closing(sqlite3.connect(index)) as other:
                other.execute("PRAGMA user_version = 1000")
                other.execute("DELETE FROM texts")
    with closing(open_environment(tmp_path)) as environment:
        for _ in range(2):
            assert found(environment, "distinct_id:customer-7") == [8]
        assert environment.notices == ()
        assert indexed(tmp_path) == 60


def test_an_index_that_is_damaged_in_use_is_made_anew(environment: Environment) -> None:
    for number in range(60):
        send(environment.history, b'{"distinct_id":"customer-%d"}' % number)
    assert found(environment, "distinct_id:customer-7") == [8]
    index = environment.profile.folder / INDEX
    with closing(sqlite3.connect(index)) as other:
        other.execute("UPDATE texts_data SET block = x'5a5a5a5a5a'")
        other.commit()
    for _ in range(2):
        assert found(environment, "distinct_id:customer-7") == [8]
        assert len(found(environment, "customer")) == 60


def test_a_search_can_be_stopped_at_any_moment_and_begun_again(environment: Environment) -> None:
    history = environment.history
    for _ in range(40):
        send(history, b"x" * 400_000)
    query = HistoryQuery(text="customer")
    history.rows(query)
    with ThreadPoolExecutor(1) as pool:
        for place in range(30):
            with closing(sqlite3.connect(environment.profile.folder / INDEX)) as other, other:
                other.execute("UPDATE marks SET identity = 'another'")
            running = pool.submit(history.rows, query)
            time.sleep(place / 2000)
            history.stop_searching()
            with suppress(SearchStoppedError):
                running.result()
            assert len(pool.submit(history.rows, query).result()) == 40


def test_where_there_can_be_no_index_searching_is_slower_and_as_right(tmp_path: Path) -> None:
    (tmp_path / INDEX).mkdir()
    with closing(open_environment(tmp_path)) as environment:
        ids = [send(environment.history) for _ in range(450)]
        environment.history.keep_house(Retention(), START)
        assert found(environment, "customer-42 n:1.00") == ids[::-1]
        assert found(environment, "nothing like it") == []
        with ThreadPoolExecutor(1) as pool:
            page = pool.submit(
                environment.history.rows, HistoryQuery(text="plan"), limit=3, before=ids[9]
            )
            assert [row.id for row in page.result()] == ids[8:5:-1]


def test_an_sqlite_without_trigrams_compares_every_text(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as environment:
        ids = [send(environment.history) for _ in range(5)]
        index = SearchIndex(environment.profile.history, trigrams=False)
        index.step(index.ticket)
        index.close()
        assert found(environment, "customer-42 n:1.00") == ids[::-1]
        ids.append(send(environment.history))
        environment.history.delete([ids.pop(0)])
        assert found(environment, "customer") == ids[::-1]
        with closing(sqlite3.connect(tmp_path / INDEX)) as other:
            find = "SELECT sql FROM sqlite_schema WHERE name = 'texts'"
            assert "fts5" not in other.execute(find).fetchone()[0]


def test_no_token_stands_in_the_index(environment: Environment) -> None:
    token = "phc_SecretSecretSecretSecret"
    body = b'{"api_key":"%s","event":"paid","properties":{"token":"%s"}}'
    send(environment.history, body % (token.encode(), token.encode()))
    assert len(found(environment, "paid")) == 1
    assert found(environment, token) == []
    with closing(sqlite3.connect(environment.profile.folder / INDEX)) as other:
        (whole,) = other.execute("SELECT whole FROM texts").fetchone()
    assert token.casefold() not in whole


def test_the_index_is_private_and_costs_a_send_nothing(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path, SystemClock())) as environment:
        send(environment.history, b"x" * 1_000_000)
        assert not (tmp_path / INDEX).exists()
        found(environment, PLACE.name)
        mode = (tmp_path / INDEX).stat().st_mode
        assert mode & 0o077 == 0 or sys.platform == "win32"
