"""PowerShell's statements: what is written out in them has a value, nothing is run."""

from __future__ import annotations

import pytest

from composer.core.curl import ReadCommand, read

FILE = "$f = [IO.Path]::GetTempFileName()\n[IO.File]::WriteAllText($f, 'x')\n"
POST = "irm https://a/ -Method Post "


def names_of(command: ReadCommand) -> list[str]:
    return [remark.name for remark in command.remarks]


@pytest.mark.parametrize(
    ("text", "body", "names"),
    [
        (POST + "-Body 'x'", "x", []),
        (POST + "-Body ('a' + \"b\")", "ab", []),
        (POST + "-Body (('a', 'b') -join \"`n\")", "a\nb", []),
        (POST + "-Body ([Convert]::FromBase64String('eA=='))", "x", []),
        (POST + "-Body ([Text.Encoding]::UTF8.GetBytes('é'))", "é", []),
        (POST + "-Body @{a='b c'; d=1; e=$true}", "a=b+c&d=1&e=True", []),
        (POST + "-Body (@{a=1.50} | ConvertTo-Json)", '{\n  "a": 1.50\n}', []),
        (POST + "-Body ([ordered]@{a=$null; b=@(); c=1,2} | ConvertTo-Json)", None, []),
        (POST + "-Body (Get-Content x)", "", ["-Body"]),
        (POST + "-Body $b", "$b", ["$b"]),
        ("$b = 'x'\n" + POST + "-Body $b", "x", []),
        ("$b = @{a='b'} | ConvertTo-Json -Compress; " + POST + "-Body $b", None, []),
        ("$b = Get-Content x\n" + POST + "-Body $b", "$b", ["$b = Get-Content x", "$b"]),
        ("'x' | " + POST, "x", []),
        ("$p = @{Uri='https://a/'; Method='Post'; Body='x'}\nirm @p", "x", []),
        (POST + "-InFile f", "", ["f"]),
        (POST + "-SkipCertificateCheck -Body 'x'", "x", ["-SkipCertificateCheck"]),
        (POST + "-Proxy http://p -Body 'x'", "x", ["-Proxy"]),
        (POST + "-TimeoutSec 3 -UseBasicParsing -Body x", "x", []),
        (POST + "-Body @{a=@{b=1}}", "a=", ["@{}"]),
    ],
)
def test_a_body_is_what_is_written_out(text: str, body: str | None, names: list[str]) -> None:
    got = read(text)
    assert (got.shell, got.method, got.url) == ("powershell", "POST", "https://a/")
    if body is not None:
        assert got.body.decode() == body
    else:
        assert got.body.startswith(b"{\n")
    assert names_of(got) == names


def test_headers_are_those_of_the_call() -> None:
    got = read(
        "iwr -Uri https://a/b -Method POST -UserAgent me -ContentType 'x/y' -Body '{}'"
        " -Headers @{'X-A'='b'; 'Content-Type'='c/d'}"
    )
    assert got.headers == (
        ("Host", "a"),
        ("User-Agent", "me"),
        ("X-A", "b"),
        ("Content-Type", "x/y"),
        ("Content-Length", "2"),
    )


@pytest.mark.parametrize(
    ("text", "body", "names"),
    [
        ("curl.exe http://a -d $x `\n -k", "$x", ["$x", "-k"]),
        ("$x = 'y'; curl.exe http://a -d $x", "y", []),
        ("curl.exe http://a `\n -d ('a' + 'b' + $env:X)", "ab$env:X", ["$env:X"]),
        (FILE + 'curl.exe http://a -d "@$f"\nRemove-Item $f', "x", []),
        (
            "[IO.File]::WriteAllText('f')\ncurl.exe http://a -d 1",
            "1",
            ["[IO.File]::WriteAllText ( f )"],
        ),
        ("$x='a' ; 'x' | curl.exe http://a -d '@-'", "x", []),
        ('curl.exe http://a `\n -d \'{\\"a\\": \\"\\\\\\"\\"}\'', '{"a": "\\""}', []),
        ('curl.exe `\n --% http://a -d "a b"', "a b", []),
        ("curl.exe http://a `\n -d (Get-Date)", "", ["( Get-Date )"]),
        ("curl.exe `\n -d (Get-Date) -d x http://a", "&x", ["( Get-Date )"]),
    ],
)
def test_curl_gets_what_is_written_out(text: str, body: str, names: list[str]) -> None:
    got = read(text)
    assert (got.shell, got.body.decode()) == ("powershell", body)
    assert names_of(got)[: len(names)] == names
