"""``Invoke-WebRequest`` and ``Invoke-RestMethod``, as browsers copy them and people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from composer.core.curl.reading.address import address_of
from composer.core.curl.reading.command import ReadCommand, ReadError, each_once
from composer.core.curl.reading.data import encoded
from composer.core.curl.reading.expressions import (
    Expressions,
    Table,
    UnknownError,
    Value,
    text_of,
)
from composer.core.curl.reading.feeds import NOT_READ, Feeds
from composer.core.curl.reading.headers import Custom, complete
from composer.core.remarks import Remark
from composer.core.shells import Shell
from composer.core.shells.words import Word, as_bytes

COMMANDS = frozenset({"invoke-webrequest", "invoke-restmethod", "iwr", "irm"})
COOKIES = "$cookies of the session"
"""The name under which the cookies of the session are kept: no variable can have it."""

AGENT = "Mozilla/5.0 (Windows NT; Windows NT 10.0) WindowsPowerShell/5.1"

_SWITCHES = ("usebasicparsing", "usedefaultcredentials", "disablekeepalive", "passthru", "verbose")
_READ = ("uri", "method", "headers", "contenttype", "body", "useragent", "websession", "infile")
_OTHERS = ("outfile", "timeoutsec", "erroraction", "skipcertificatecheck", "sessionvariable")
_OF_NO_ACCOUNT = frozenset({*_SWITCHES, "outfile", "timeoutsec", "erroraction", "sessionvariable"})
_HAS_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def request_of(
    words: Sequence[Word], variables: Mapping[str, Value], feeds: Feeds, piped: Value | None
) -> ReadCommand:
    """The request of a call; ``piped`` is what goes into it. Raises ``ReadError``."""
    remarks = feeds.remarks
    given = dict(_parameters(words, variables, remarks))
    if piped is not None:
        given.setdefault("body", piped)
    if "infile" in given:
        remarks.append(Remark(name=_text(given["infile"], remarks), words=NOT_READ))
    url = _text(given.get("uri", ""), remarks)
    if not url:
        raise ReadError("There is no -Uri in this command: copy all of it.", words[0].start)
    method = _text(given.get("method", "GET"), remarks).upper()
    address = address_of(url)
    body = _body(given.get("body"), remarks) if method in _HAS_BODY else None
    custom = _custom(given, variables, remarks)
    agent = _text(given.get("useragent", variables.get("$session.UserAgent", AGENT)), remarks)
    headers = complete(address.host, [("User-Agent", agent)], custom, body)
    remarks += [*address.remarks, *custom.remarks]
    return ReadCommand(
        shell=Shell.POWERSHELL,
        method=method,
        url=address.url,
        headers=headers,
        body=body or b"",
        remarks=each_once(remarks),
    )


def _parameters(
    words: Sequence[Word], variables: Mapping[str, Value], remarks: list[Remark]
) -> Iterator[tuple[str, Value]]:
    """The parameters by their full names in lower case; the first value without one is the URL."""
    reader = Expressions(words, variables)
    reader.place = 1
    while not reader.is_at_end:
        start = reader.place
        word = words[start]
        try:
            if word.text.startswith("-") and not word.is_quoted:
                yield from _parameter(reader, word, remarks)
            elif splatted := _splatted(word, variables):
                reader.place += 1
                for name, value in splatted.members:
                    yield _full_name(name), value
            else:
                yield "uri", reader.term()
        except UnknownError:
            is_value = word.text.startswith("-") and not word.is_quoted
            reader.pass_over(start + is_value)
            told = "Its value is not written out here: put it in."
            remarks.append(Remark(name=word.text, words=told))
    remarks += (
        remark
        for remark in reader.remarks
        if remark.name not in variables and remark.name != "$session"
    )


def _parameter(
    reader: Expressions, word: Word, remarks: list[Remark]
) -> Iterator[tuple[str, Value]]:
    name = _full_name(word.text[1:])
    reader.place += 1
    if name in _SWITCHES:
        return
    if name == "skipcertificatecheck":
        told = "Certificates are checked when the event is sent from here."
        remarks.append(Remark(name=word.text, words=told))
        return
    value = reader.term()
    if name in _READ:
        yield name, value
    elif name not in _OF_NO_ACCOUNT:
        remarks.append(Remark(name=word.text, words="It was left out with its value."))


def _full_name(written: str) -> str:
    """A parameter's name; PowerShell takes a beginning that fits one only."""
    name = written.lower().rstrip(":")
    found = [full for full in (*_READ, *_SWITCHES, *_OTHERS) if name and full.startswith(name)]
    return found[0] if found else name


def _splatted(word: Word, variables: Mapping[str, Value]) -> Table | None:
    """The hashtable of which ``@name`` makes parameters."""
    if word.is_quoted or not word.text.startswith("@"):
        return None
    value = variables.get(f"${word.text[1:]}")
    return value if isinstance(value, Table) else None


def _custom(
    given: Mapping[str, Value], variables: Mapping[str, Value], remarks: list[Remark]
) -> Custom:
    custom = Custom()
    headers = given.get("headers")
    for name, value in headers.members if isinstance(headers, Table) else ():
        custom.add(f"{name}: {_text(value, remarks)}")
    if cookies := variables.get(COOKIES):
        custom.add(f"Cookie: {_text(cookies, remarks)}")
        told = "They go out as the header Cookie; PostHog does not read it."
        remarks.append(Remark(name="Cookies", words=told))
    if kind := given.get("contenttype"):
        if "content-type" in custom.named:
            custom.sent = [pair for pair in custom.sent if pair[0].lower() != "content-type"]
        custom.add(f"Content-Type: {_text(kind, remarks)}")
    return custom


def _body(value: Value | None, remarks: list[Remark]) -> bytes:
    """The body's bytes; a hashtable becomes the fields of a form, as in PowerShell."""
    match value:
        case None:
            return b""
        case bytes():
            return value
        case Table():
            fields = ((as_bytes(name), _text(member, remarks)) for name, member in value.members)
            return b"&".join(encoded(n) + b"=" + encoded(as_bytes(text)) for n, text in fields)
        case _:
            return as_bytes(_text(value, remarks))


def _text(value: Value, remarks: list[Remark]) -> str:
    try:
        return text_of(value)
    except UnknownError:
        remarks.append(Remark(name="@{}", words="A table within a table has no text: left out."))
        return ""
