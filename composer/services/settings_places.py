"""The projects as JSON and back: an object with a member for each, named by its id.

A wrong value costs that value only. No personal key is read or written as a token.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from composer.core.destination import (
    Destination,
    DestinationKind,
    ProjectColour,
    is_personal_key,
)
from composer.core.extra_headers import header_problem, headers_problem
from composer.core.jsontext import Number, Object, Value
from composer.core.route import proxy_problem
from composer.core.settings import standard_destinations
from composer.services.settings_members import Members


def written_places(places: Iterable[Destination]) -> Object:
    """All projects, in their order."""
    return Object(tuple((place.id, _written(place)) for place in places))


def read_places(form: Members) -> tuple[Destination, ...]:
    """The projects of the file in their order: the standard ones where it names none.

    One that was removed stays away, but for the sandbox, which has to be there.
    """
    standard = {place.id: place for place in standard_destinations()}
    if not isinstance(form.source.get("destinations"), Object):
        form.part("destinations")  # which notes what is there in its place
        return tuple(standard.values())
    part = form.part("destinations")
    found = {key: _read(part, key, standard.get(key)) for key, _ in part.source}
    sandbox = standard[DestinationKind.SANDBOX]
    return _distinct(({} if sandbox.id in found else {sandbox.id: sandbox}) | found)


def _distinct(places: dict[str, Destination]) -> tuple[Destination, ...]:
    """Two windows may have given the same name: the later one gets a number."""
    taken: set[str] = set()
    distinct: list[Destination] = []
    for place in places.values():
        names = (place.name if n == 1 else f"{place.name} {n}" for n in count(1))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        distinct.append(replace(place, name=name))
    return tuple(distinct)


def _read(form: Members, key: str, standard: Destination | None) -> Destination:
    part = form.part(key)
    default = standard or Destination(
        id=key, name=key, kind=DestinationKind.SELF_HOSTED, address=""
    )
    token = part.text("token", default.token)
    path = part.text("path", default.path)
    proxy = part.text("proxy", "")
    colour = part.text("colour", "")
    is_colour = not colour or colour in set(ProjectColour)
    place = Destination(
        id=key,
        name=part.text("name", default.name),
        kind=_kind(part, default.kind),
        address=part.text("address", default.address),
        token=part.wrong("token", default.token) if is_personal_key(token) else token,
        path=path if path.startswith("/") else part.wrong("path", default.path),
        colour=colour if is_colour else part.wrong("colour", ""),
        production=part.switch("production", default=default.production),
        ca_file=part.text("ca_file", ""),
        proxy=part.wrong("proxy", "") if proxy_problem(proxy) else proxy,
        client_certificate=part.text("client_certificate", ""),
        client_key=part.text("client_key", ""),
        connect_timeout=part.seconds_or_none("connect_timeout"),
        answer_timeout=part.seconds_or_none("answer_timeout"),
        headers=_headers(part.part("headers")),
    )
    return _lasting(place)


def _kind(part: Members, default: DestinationKind) -> DestinationKind:
    kind = part.choice("kind", DestinationKind, default)
    if DestinationKind.SANDBOX in {kind, default} and kind is not default:
        # A server with real data must never appear in the colour of the sandbox, nor the reverse.
        return part.wrong("kind", default)
    return kind


def _headers(part: Members) -> tuple[tuple[str, str], ...]:
    found: tuple[tuple[str, str], ...] = ()
    for name, _ in part.source:
        value = part.text(name, "")
        more = (*found, (name, value))
        if not value or header_problem(name, value) or headers_problem(more):
            if value:  # any other is noted already
                part.wrong(name, None)
        else:
            found = more
    return found


def _written(place: Destination) -> Object:
    place = _lasting(place)
    headers: list[tuple[str, Value]] = [(name, value) for name, value in place.headers]
    return Object(
        (
            ("name", place.name),
            ("kind", place.kind.value),
            ("address", place.address),
            ("token", "" if is_personal_key(place.token) else place.token),
            ("path", place.path),
            ("colour", place.colour),
            ("production", place.production),
            ("ca_file", place.ca_file),
            ("proxy", place.proxy),
            ("client_certificate", place.client_certificate),
            ("client_key", place.client_key),
            ("connect_timeout", _number(place.connect_timeout)),
            ("answer_timeout", _number(place.answer_timeout)),
            ("headers", Object(tuple(headers))),
        )
    )


def _number(seconds: float | None) -> Number | None:
    return None if seconds is None else Number(repr(float(seconds)))


def _lasting(place: Destination) -> Destination:
    """The sandbox has another address after each start, so that is not kept."""
    return replace(place, address="") if place.kind is DestinationKind.SANDBOX else place
