"""``event-composer decode`` as a person or a pipeline runs it; with no Qt in reach."""

import base64
import gzip
import json
from pathlib import Path

import pytest

from tests.helpers.command import BODY, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_valid_json_comes_out_unchanged(shell: Shell) -> None:
    assert shell.run("decode", shell.file) == (0, BODY.decode(), "This is JSON.\n")
    assert not shell.profile.exists()


def test_a_packed_body_comes_out_as_it_was_and_the_packing_is_told(shell: Shell) -> None:
    given = base64.b64encode(gzip.compress(BODY))
    code, out, err = shell.run("decode", "-", given=given)
    assert (code, out) == (0, BODY.decode())
    assert "It was gzip in base64." in err


def test_a_command_is_read_and_what_it_leaves_open_is_told(shell: Shell) -> None:
    given = b'curl -u noor:x https://us.i.posthog.com/i/v0/e/ -d \'{"event": "a", }\''
    code, out, err = shell.run("decode", given=given)
    assert (code, out) == (0, '{"event": "a" }')
    said = err.splitlines()
    assert said[:2] == ["This is a curl command.", "POST https://us.i.posthog.com/i/v0/e/"]
    assert "Comma removed before }." in said
    assert any(line.startswith("-u: ") for line in said)


def test_several_requests_stand_on_lines_of_their_own(shell: Shell) -> None:
    lines = [json.dumps({"event": name, "distinct_id": "a"}) for name in ("a", "b")]
    code, out, err = shell.run("decode", given="\r\n".join(lines).encode())
    assert (code, out) == (0, "".join(f"{line}\n" for line in lines))
    assert err == "This is JSON Lines.\n"


@pytest.mark.parametrize("given", [b"", b"hello", b"curl https://us.i.posthog.com/e/ -d @x.json"])
def test_what_cannot_be_read_ends_with_2_and_says_why(shell: Shell, given: bytes) -> None:
    code, out, err = shell.run("decode", given=given)
    assert (code, out) == (2, "")
    assert err.rstrip().endswith((".", "JSON."))


def test_a_file_that_is_not_there_ends_with_2(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell.run("decode", tmp_path / "nowhere.har")
    assert code == 2
    assert "nowhere.har cannot be read" in err
