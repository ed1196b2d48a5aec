"""A request body from a file or from standard input, and where the command line sends it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from composer.core.destination import Destination, personal_key_words
from composer.core.errors import ComposerError
from composer.core.jsontext import JsonError, parse_bytes
from composer.core.personal_keys import PersonalKeyError, refuse_personal_keys
from composer.core.tokens import with_token
from composer.core.wire import WireRequest, build_request, path_for
from composer.services.files import reason_of


class UnreadableError(ComposerError):
    """The request body cannot be read; the text says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A body and where it goes, as the command line says it; ``path`` is empty for the usual."""

    body: bytes
    to: str
    path: str

    def addressed(self, place: Destination) -> WireRequest:
        """The request to ``place``. Raises ``PersonalKeyError`` for one that carries such a key."""
        path = self.path or path_for(parse_bytes(self.body), place)
        request = build_request(self.body, place, path)
        refuse_personal_keys(request)
        return request


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of a command that takes a body."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a request body; - is standard input"
    )
    parser.add_argument(
        "--to",
        required=True,
        metavar="DEST",
        help="the name of a project, such as sandbox or us, or a URL",
    )
    parser.add_argument("--endpoint", metavar="PATH", help="another path than the usual one")
    parser.add_argument("--token", metavar="T", help="put this project token into the body")


def read_letter(args: argparse.Namespace) -> Letter:
    """Read the body. Raises ``UnreadableError``, and ``PersonalKeyError`` for such a token."""
    if args.token is not None and (words := personal_key_words(args.token)):
        raise PersonalKeyError(words)
    body = read_body(args.file)
    try:
        parse_bytes(body)
    except JsonError as error:
        name = _name(args.file)
        raise UnreadableError(f"{name} is not JSON. {error} {error.hint}".rstrip()) from error
    if args.token is not None:
        body = with_token(body.decode(), args.token).encode()
    path = str(args.endpoint or "")
    return Letter(body=body, to=args.to, path=f"/{path.removeprefix('/')}" if path else "")


def read_body(file: str) -> bytes:
    """The bytes of a file, ``-`` for standard input. Raises ``UnreadableError``."""
    try:
        return _standard_input() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UnreadableError(f"{_name(file)} cannot be read: {reason_of(error)}") from error


def _name(file: str) -> str:
    return "Standard input" if file == "-" else file


def _standard_input() -> bytes:
    with open(0, "rb", closefd=False) as stream:  # sys.stdin is missing where it was closed
        return stream.read()
