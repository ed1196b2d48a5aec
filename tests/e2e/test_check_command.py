"""``event-composer check`` as a person or a pipeline runs it; with no Qt in reach."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.helpers.command import Shell

TOKEN = "phc_larkspurDemoToken00000000000000000000000001"
SOUND = (
    f'{{"api_key":"{TOKEN}","event":"paid","distinct_id":"a","properties":{{"$geoip_disable":true}}}}'
).encode()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_sound_body_ends_with_0(shell: Shell) -> None:
    code, out, err = shell.run("check", given=SOUND)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("Will be stored")
    assert not shell.profile.exists()


def test_a_refused_body_ends_with_1_and_says_what_and_where(shell: Shell) -> None:
    shell.file.write_bytes(SOUND.replace(b'"a"', b'"  "'))
    code, out, _ = shell.run("check", shell.file)
    assert code == 1
    assert out.startswith("Refused\n  There is no person's ID")
    assert "at distinct_id, line 1:" in out
    assert out.splitlines()[-1].startswith("Will be refused: 1 refused")


def test_a_lost_event_ends_with_1(shell: Shell) -> None:
    code, out, _ = shell.run("check", given=SOUND.replace(b"paid", b"$snapshot"))
    assert (code, out.partition("\n")[0]) == (1, "Lost")


def test_text_that_is_no_json_is_refused(shell: Shell) -> None:
    code, out, _ = shell.run("check", given=b'{"event": \xe2\x80\x9cpaid\xe2\x80\x9d}')
    assert code == 1
    assert "json.syntax" in out


def test_a_file_that_cannot_be_read_ends_with_2(shell: Shell, tmp_path: Path) -> None:
    code, out, err = shell.run("check", tmp_path / "nowhere.json")
    assert (code, out) == (2, "")
    assert "nowhere.json cannot be read" in err


def test_json_is_one_object_a_line(shell: Shell) -> None:
    batch = {"api_key": TOKEN, "batch": [json.loads(SOUND), {"event": "paid", "uuid": "x"}]}
    code, out, err = shell.run("check", "--json", given=json.dumps(batch).encode())
    assert (code, err) == (1, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert list(found[0])[:5] == ["rule", "severity", "path", "message", "fix"]
    places = {one["rule"]: (one["severity"], one["path"], one["event"]) for one in found}
    assert places["uuid.invalid"] == ("error", "/batch/1/uuid", 1)
    assert places["id.missing"] == ("error", "/batch/1/distinct_id", 1)


def test_the_destination_and_the_address_count(shell: Shell) -> None:
    nameless = b'{"api_key":"%s","distinct_id":"a"}' % TOKEN.encode()
    assert shell.run("check", given=nameless)[0] == 1
    assert shell.run("check", "--endpoint", "engage/", given=nameless)[0] == 0
    assert shell.run("check", "--endpoint", "/nowhere", given=SOUND)[0] == 1
    assert shell.run("check", "--endpoint", "/e/?_=x", given=SOUND)[0] == 1
    assert "data.permanent" in shell.run("check", "--to", "us", given=SOUND)[1]
    assert "data.permanent" not in shell.run("check", "--to", "sandbox", given=SOUND)[1]
    code, _, err = shell.run("check", "--to", "the moon", given=SOUND)
    assert code == 2
    assert "the moon" in err


def test_a_packed_body_is_told_as_such(shell: Shell) -> None:
    code, out, err = shell.run("check", given=gzip.compress(SOUND))
    assert (code, err) == (0, "The body is packed: the JSON inside is judged.\n")
    assert out.splitlines()[-1].startswith("Will be stored")


def test_the_rules_are_listed_without_a_body(shell: Shell) -> None:
    code, out, _ = shell.run("check", "--rules")
    assert code == 0
    assert out.startswith("151 rules: ")
    code, out, _ = shell.run("check", "--rules", "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert (code, len(found)) == (0, 151)
    unknowable = [one for one in found if one["treatment"] == "unknowable"]
    assert all(one["because"] and one["ask"] for one in unknowable)
