"""Settings as a JSON object and back: names, limits and defaults of every setting.

Knows nothing of files.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from composer.core.curl import Style
from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Layout, Number, Object
from composer.core.settings import (
    HIGHEST_PORT,
    LONGEST_WAIT,
    Settings,
    ThemeChoice,
    standard_destinations,
)
from composer.core.shells import Shell
from composer.core.tokens import KeyMode

VERSION = 1

_E = TypeVar("_E", bound=StrEnum)
_D = TypeVar("_D")


def written_settings(settings: Settings) -> Object:
    """The settings as they stand in the file. Destinations are keyed by their id."""
    places = tuple((place.id, _written_place(place)) for place in settings.destinations)
    copy_key = None if settings.copy_key is None else settings.copy_key.value
    return Object(
        (
            ("version", Number(str(VERSION))),
            ("theme", settings.theme.value),
            ("layout", settings.layout.value),
            ("destination", settings.destination_id),
            ("destinations", Object(places)),
            ("copy_key", copy_key),
            ("copy_shell", settings.copy_shell.value),
            ("copy_style", settings.copy_style.value),
            ("code_target", settings.code_target),
            ("hide_key", settings.hide_key),
            ("connect_timeout", Number(repr(float(settings.connect_timeout)))),
            ("answer_timeout", Number(repr(float(settings.answer_timeout)))),
            ("sandbox_port", Number(str(settings.sandbox_port))),
            ("window", settings.window),
        )
    )


def read_settings(source: Object) -> tuple[Settings, tuple[str, ...]]:
    """The settings in ``source``, and the names of those that were wrong and left out."""
    form = _Form(source)
    default = Settings()
    places = _places(form)
    chosen = form.text("destination", default.destination_id)
    if all(place.id != chosen for place in places):
        chosen = form.wrong("destination", default.destination_id)
    settings = Settings(
        theme=form.choice("theme", ThemeChoice, default.theme),
        layout=form.choice("layout", Layout, default.layout),
        destination_id=chosen,
        destinations=places,
        copy_key=form.choice("copy_key", KeyMode, default.copy_key),
        copy_shell=form.choice("copy_shell", Shell, default.copy_shell),
        copy_style=form.choice("copy_style", Style, default.copy_style),
        code_target=form.text("code_target", default.code_target),
        hide_key=form.switch("hide_key", default=default.hide_key),
        connect_timeout=form.seconds("connect_timeout", default.connect_timeout),
        answer_timeout=form.seconds("answer_timeout", default.answer_timeout),
        sandbox_port=form.port("sandbox_port", default.sandbox_port),
        window=form.text("window", default.window),
    )
    return settings, tuple(form.faults)


class _Form:
    """Reads members one by one, and notes the names of the wrong ones in ``faults``."""

    def __init__(self, source: Object, name: str = "", faults: list[str] | None = None) -> None:
        self.source = source
        self.faults: list[str] = [] if faults is None else faults
        self._name = name

    def part(self, key: str) -> _Form:
        """The form of the object at ``key``; empty where there is none."""
        value = self.source.get(key, Object())
        source = value if isinstance(value, Object) else self.wrong(key, Object())
        return _Form(source, f"{self._name}{key} > ", self.faults)

    def wrong(self, key: str, default: _D) -> _D:
        self.faults.append(self._name + key)
        return default

    def text(self, key: str, default: str) -> str:
        value = self.source.get(key, default)
        return value if isinstance(value, str) else self.wrong(key, default)

    def switch(self, key: str, *, default: bool) -> bool:
        value = self.source.get(key, default)
        return value if isinstance(value, bool) else self.wrong(key, default)

    def choice(self, key: str, kind: type[_E], default: _D) -> _E | _D:
        value = self.source.get(key)
        if key not in self.source or (value is None and default is None):
            return default
        known = next((member for member in kind if member.value == value), None)
        return self.wrong(key, default) if known is None else known

    def seconds(self, key: str, default: float) -> float:
        number = self._number(key, default)
        return number if 0 < number <= LONGEST_WAIT else self.wrong(key, default)

    def port(self, key: str, default: int) -> int:
        number = self._number(key, default)
        whole = number.is_integer() and 0 <= number <= HIGHEST_PORT  # 0: any that is free
        return int(number) if whole else self.wrong(key, default)

    def _number(self, key: str, default: float) -> float:
        """The number, which may be infinite; one that no limit allows for what is no number."""
        value = self.source.get(key, Number(repr(default)))
        return float(value.text) if isinstance(value, Number) else -1.0


def _places(form: _Form) -> tuple[Destination, ...]:
    """The destinations of the file in their order; standard ones that are missing come first."""
    standard = {place.id: place for place in standard_destinations()}
    part = form.part("destinations")
    found = {key: _read_place(part, key, standard.get(key)) for key, _ in part.source}
    missing = {key: place for key, place in standard.items() if key not in found}
    return tuple((missing | found).values())


def _read_place(form: _Form, key: str, standard: Destination | None) -> Destination:
    part = form.part(key)
    default = standard or Destination(
        id=key, name=key, kind=DestinationKind.SELF_HOSTED, address=""
    )
    kind = part.choice("kind", DestinationKind, default.kind)
    if DestinationKind.SANDBOX in {kind, default.kind} and kind is not default.kind:
        # A server with real data must never appear in the colour of the sandbox, nor the reverse.
        kind = part.wrong("kind", default.kind)
    path = part.text("path", default.path)
    place = Destination(
        id=key,
        name=part.text("name", default.name),
        kind=kind,
        address=part.text("address", default.address),
        token=part.text("token", default.token),
        path=path if path.startswith("/") else part.wrong("path", default.path),
    )
    return _lasting(place)


def _written_place(place: Destination) -> Object:
    place = _lasting(place)
    return Object(
        (
            ("name", place.name),
            ("kind", place.kind.value),
            ("address", place.address),
            ("token", place.token),
            ("path", place.path),
        )
    )


def _lasting(place: Destination) -> Destination:
    """The sandbox has another address after each start, so that is not kept."""
    return replace(place, address="") if place.kind is DestinationKind.SANDBOX else place
