"""Options read as curl reads them: the real curl is the witness."""

from __future__ import annotations

import re
import subprocess

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import read
from composer.core.curl.reading.options import LETTERS, ROLES, WITH_VALUE
from composer.core.shells.bash_quoting import quoted
from tests.helpers.recorder import Recorder
from tests.helpers.shell import run_in_bash

values = st.text(st.sampled_from([*"ab =&@%+;:,é🎉{}\"'"]), max_size=8)
datas = st.tuples(
    st.sampled_from(["-d", "--data", "--data-ascii", "--data-raw", "--data-urlencode", "--json"]),
    values.filter(lambda text: "@" not in text and text),
)
raws = st.tuples(st.just("--data-raw"), values.filter(bool))
headers = st.tuples(
    st.sampled_from(["-H", "--header"]),
    st.sampled_from(
        [
            *("X-A: b", "X-A;", "X-A:", "X-A: ", "X-A:b", "Accept:", "Accept: a", "accept;"),
            *("User-Agent: me", "User-Agent:", "Content-Type: a/b", "content-type:", "x"),
            *("Content-Length: 3", "Host: h", "Host:", "Cookie: z=1", "X-B: c: d"),
        ]
    ),
)
others = st.sampled_from(
    [
        *(("-A", "me"), ("-A", ""), ("-e", "http://r/;auto"), ("-u", "a:b"), ("-u", "a:é")),
        *(("-b", "x=y"), ("-b", "z=w"), ("-X", "PUT"), ("-G",), ("--compressed",), ("-sS",)),
        *(("--oauth2-bearer", "t"), ("--http1.1",), ("-k",), ("--no-keepalive",)),
        *(("--url-query", "a=b c"), ("--url-query", "+x"), ("--insec",), ("--no-compressed",)),
    ]
)
TAILS = ["/x", "/a/../b/./c", "/x?y=1", "/x?y=1#z", "?q", "", "/%7e/"]


def check(line: str, recorder: Recorder) -> None:
    """Run ``line`` with a real bash and curl, and compare what they send with what is read."""
    done = run_in_bash(line)
    assert done.returncode == 0, done.stderr
    received = recorder.next()
    request = read(line).request
    assert received.line == f"{request.method} {request.target} HTTP/1.1"
    own = re.compile(r"^curl/[0-9.]+$")
    assert sorted((n, own.sub("curl", v)) for n, v in received.headers if n != "Expect") == sorted(
        (n, own.sub("curl", v.encode().decode("latin-1"))) for n, v in request.headers
    )
    assert received.body == request.body


@settings(max_examples=50)
@given(st.lists(datas | raws | headers | others, max_size=5), st.sampled_from(TAILS))
@example([("--json", '{"a"'), ("--json", ":1}"), ("-d", "x")], "/x")
@example([("--data-urlencode", "a b=c d&é"), ("--data-urlencode", "=x y")], "/x")
@example([("-G",), ("-d", "a=1"), ("--data-urlencode", "b=c d")], "/x?y=1")
@example([("-u", "a:b"), ("-H", "Authorization: c"), ("-d", "1")], "/x")
def test_any_options_make_the_request_of_curl(
    recorder: Recorder, options: list[tuple[str, ...]], tail: str
) -> None:
    words = [quoted(word) for option in options for word in option]
    check(f"curl -q {' '.join(words)} {quoted(recorder.address + tail)} -o /dev/null -s", recorder)


@pytest.mark.parametrize(
    "line",
    [
        "curl -q -sXPOST -d'a b' URL",
        "curl -q -sd@- URL <<'E'\na\nb\nE\n",
        "curl -q -s --data-binary @- URL <<'E'\na\nb\nE\n",
        "curl -q -s --json @- URL <<< '{\"a\":1}'",
        "curl -q -s --data-urlencode n@- URL <<< 'a b'",
        "printf 'a\\r\\nb%s-%b%%' x '\\0101\\x42\\tc' y '\\061' | curl -q -s --data-binary @- URL",
        "echo -n 'a  b' c | curl -q -s -d @- URL",
        "echo -e 'a\\tb\\\\' 'c\\cd' | curl -q -s --data-binary @- URL",
        "cat - <<E | curl -q -s --data-binary @- URL\na \\$b\nE\n",
        "echo eyJhIjoxfQ== | base64 -d | curl -q -s --data-binary @- URL",
        "curl -q -s -I URL",
        "curl -q -s -X POST URL",
        "curl -q -s -d '' URL",
        "curl -q -s --url URL --data-raw @x",
        "A=b curl -q -s -- URL",
        "curl -q -s --path-as-is URL/a/../b",
        "curl -q -s -g URL'/[1-2]{a,b}'",
        "curl -q -s http://u:p%40x@HOST/",
        "curl -q -s HOST/x",
        "curl -q -s -d 1 URL --next -s URL/y >/dev/null; true",
    ],
)
def test_a_command_line_makes_the_request_of_curl(line: str, recorder: Recorder) -> None:
    host = recorder.address.removeprefix("http://")
    check(line.replace("URL", recorder.address).replace("HOST", host), recorder)
    while not recorder.requests.empty():
        recorder.next()


def test_the_table_agrees_with_the_help_of_curl() -> None:
    text = subprocess.run(
        ["curl", "--help", "all"], capture_output=True, check=True
    ).stdout.decode()
    rows = re.findall(r"^ (?:-(.),|   ) --(\S+)( [<\[]\S.*?[>\]])?", text, re.MULTILINE)
    assert len(rows) > 200
    for letter, name, value in rows:
        assert name in ROLES, name
        assert (name in WITH_VALUE) == bool(value), name
        if letter:
            assert LETTERS[letter] == name


def test_the_table_is_complete_in_itself() -> None:
    assert set(LETTERS.values()) <= set(ROLES)
    assert set(ROLES) >= WITH_VALUE
