"""What is not carried over, or differently, is told by its name."""

from __future__ import annotations

import pytest

from composer.core.curl import ReadCommand, read


def names_of(command: ReadCommand) -> list[str]:
    return [remark.name for remark in command.remarks]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("-sS -v -i -o x -w y --max-time 3 --retry 2", []),
        ("-k -L --proxy p -K f --resolve a:1:b", ["-k", "-L", "--proxy", "-K", "--resolve"]),
        ("--compressed", ["--compressed"]),
        ("-u a:b", ["-u"]),
        ("--oauth2-bearer x", ["--oauth2-bearer"]),
        ("-b a=b -b c=d", ["-b"]),
        ("-b jar", ["-b jar"]),
        ("-F a=b -F 'c=@d'", ["-F a", "-F c"]),
        ("-d @f", ["@f"]),
        ("-d @-", ["-d @-"]),
        ("-T f", ["@f"]),
        ("--data-urlencode a@f", ["@f"]),
        ("-H @f", ["@f"]),
        ("-H x -H 'a b: c'", ["-H x", "-H a b: c"]),
        ("-d 1 -H 'Content-Length: 7'", ["Content-Length"]),
        ("-d 1 -H 'Transfer-Encoding: chunked'", ["Transfer-Encoding"]),
        ("--fancy x", ["--fancy"]),
        ("--fancy=x", ["--fancy"]),
        ("--fancy -s", ["--fancy"]),
        ("-é", ["-é"]),
        ("-d", ["-d"]),
        ("--header=a:b", ["--header"]),
        ("–d 1", ["–d"]),
        ("—data 1", ["—data"]),
        ("-–data 1", ["-–data"]),
        ("https://b", ["https://b"]),
        ("--next x", ["--next"]),
        ("2>&1 | jq .", ["| jq ."]),
        ("< f", ["f"]),
        ("$X", ["$X"]),
    ],
)
def test_an_option_is_told(options: str, names: list[str]) -> None:
    assert names_of(read(f"curl https://a/ {options}")) == names


@pytest.mark.parametrize(
    ("url", "read_as", "names"),
    [
        ("https://a/{b,c}", "https://a/{b,c}", ["https://a/{b,c}"]),
        ("https://a/[1-3]", "https://a/[1-3]", ["https://a/[1-3]"]),
        ("https://u:p@a/", "https://a/", ["u"]),
        ("https://${HOST}/e/", "https://${HOST}/e/", ["${HOST}", "https://${HOST}/e/"]),
        ("ftp://a/", "ftp://a/", ["ftp://a/"]),
        ("$HOST/e/", "$HOST/e/", ["$HOST", "$HOST/e/"]),
        ("https://bücher.example/ä#b", "https://xn--bcher-kva.example/%C3%A4", []),
        ("https://a/b/../..", "https://a/", []),
    ],
)
def test_a_url_is_told(url: str, read_as: str, names: list[str]) -> None:
    got = read(f'curl "{url}"')
    assert (got.url, names_of(got)) == (read_as, names)


@pytest.mark.parametrize(
    ("line", "body", "names"),
    [
        ("cat f | curl a:1 -d @-", b"", ["f", "-d @-", "a:1"]),
        ("cat f - <<< x | curl http://a -d @-", b"x", ["f"]),
        ("cat <<< x | jq . | curl http://a -d @-", b"x", ["jq ."]),
        ("printf '%d\\n' 7 | curl http://a -d @-", b"%d", ["printf %d\\n"]),
        ("base64 <<< x | curl http://a -d @-", b"x", ["base64"]),
        ("echo '!' | base64 -d | curl http://a -d @-", b"", []),
        ("printf abcde | base64 -d | curl http://a -d @-", b"abcde", []),
        ("echo x > f; curl http://a -d @f", b"x", []),
        ("echo -n x > f; echo -n y >> f; curl http://a --data-binary @f", b"xy", []),
        ("printf x | curl http://a -T -", b"x", []),
    ],
)
def test_what_feeds_curl_is_told(line: str, body: bytes, names: list[str]) -> None:
    got = read(line)
    assert (got.body, names_of(got)) == (body, names)


def test_headers_come_from_a_file_that_the_command_makes() -> None:
    got = read("printf 'X-A: b\\nX-C: d\\n' > h; curl http://a -H @h")
    assert ("X-A", "b") in got.headers
    assert ("X-C", "d") in got.headers


def test_files_of_a_command_prompt_are_put_together() -> None:
    got = read(
        '>"%TEMP%\\a" echo eA==\r\n'
        'certutil -f -decode "%TEMP%\\a" "%TEMP%\\b" >nul\r\n'
        'copy /b /y "%TEMP%\\b"+"%TEMP%\\b" "%TEMP%\\c" >nul\r\n'
        '<nul >>"%TEMP%\\c" set /p "=y"\r\n'
        'type "%TEMP%\\c" | curl http://a -d @-\r\ndel x'
    )
    assert (got.shell, got.body, names_of(got)) == ("cmd", b"xxy", [])


def test_lines_without_a_backslash_end_where_another_command_begins() -> None:
    got = read("curl http://a\n-d 1 | jq .\n-d 2")
    assert (got.body, names_of(got)) == (b"1", ["-d", "| jq ."])
    assert names_of(read("curl http://a\n-d 1\n-d 'x")) == ["-d", "-d 'x"]
