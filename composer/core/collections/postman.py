"""Reads Postman's collections, v2.0 and v2.1, and its environments.

Format: https://schema.postman.com/. Scripts are not run. It knows nothing of PostHog.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from composer.core.collections.collection import CollectedRequest, Collection, Setting
from composer.core.collections.reading import SCRIPTS, objects, pairs, text
from composer.core.jsontext import Object, Value
from composer.core.remarks import Remark

TOOL = "Postman"


def is_collection(source: Object) -> bool:
    """Whether it is one of version 2."""
    info = source.get("info")
    return isinstance(info, Object) and isinstance(source.get("item"), tuple)


def is_old_collection(source: Object) -> bool:
    """Whether it is one of version 1, which is not read."""
    return isinstance(source.get("requests"), tuple) and isinstance(source.get("order"), tuple)


def is_environment(source: Object) -> bool:
    """Whether it is a set of variables without requests."""
    return "_postman_variable_scope" in source and isinstance(source.get("values"), tuple)


def read_environment(source: Object) -> tuple[Setting, ...]:
    """The variables that are switched on."""
    return tuple(_settings(source.get("values")))


def read_collection(source: Object) -> Collection:
    """Every request, in order, in the folders it lies in."""
    info = source.get("info")
    name = text(info.get("name")) if isinstance(info, Object) else ""
    walk = _Walk()
    requests = tuple(walk.requests(source.get("item"), (), ()))
    if _scripts(source) or walk.scripts:
        walk.remarks.append(SCRIPTS)
    return Collection(
        tool=TOOL,
        name=name or TOOL,
        requests=requests,
        settings=tuple(_settings(source.get("variable"))),
        remarks=tuple(walk.remarks),
    )


class _Walk:
    """Goes through folders within folders."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.scripts = False

    def requests(
        self, items: Value, folders: tuple[str, ...], settings: tuple[Setting, ...]
    ) -> Iterator[CollectedRequest]:
        for item in objects(items):
            name = text(item.get("name")) or "Request"
            own = (*settings, *_settings(item.get("variable")))
            self.scripts = self.scripts or _scripts(item)
            if isinstance(item.get("item"), tuple):
                yield from self.requests(item.get("item"), (*folders, name), own)
            else:
                found = self._request(item, name)
                yield replace(found, folders=folders, settings=own)

    def _request(self, item: Object, name: str) -> CollectedRequest:
        source = item.get("request")
        if not isinstance(source, Object):  # an address by itself stands for a GET
            return CollectedRequest(name=name, url=text(source))
        body, form = self._body(source.get("body"), name)
        return CollectedRequest(
            name=name,
            method=text(source.get("method")).upper() or "GET",
            url=_url(source.get("url")),
            headers=pairs(source.get("header")),
            body=body,
            form=form,
            description=_words(source.get("description")) or _words(item.get("description")),
        )

    def _body(self, body: Value, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        if not isinstance(body, Object) or body.get("disabled") is True:
            return "", ()
        match text(body.get("mode")):
            case "" | "raw":
                return text(body.get("raw")), ()
            case "urlencoded":
                return "", pairs(body.get("urlencoded"))
            case mode:
                words = f"Its body is of the kind {mode}, which cannot hold an event."
                self.remarks.append(Remark(name=name, words=words))
                return "", ()


def _url(url: Value) -> str:
    """Version 2.0 has text, or an object with ``raw``, from which the parts are left out."""
    if not isinstance(url, Object):
        return text(url)
    if raw := text(url.get("raw")):
        return raw
    return f"{_joined(url.get('host'), '.')}/{_joined(url.get('path'), '/')}"


def _joined(parts: Value, sign: str) -> str:
    return sign.join(text(part) for part in parts) if isinstance(parts, tuple) else text(parts)


def _words(description: Value) -> str:
    content = description.get("content") if isinstance(description, Object) else description
    return text(content).strip()


def _settings(variables: Value) -> Iterator[Setting]:
    for one in objects(variables):
        name = text(one.get("key")) or text(one.get("id"))
        is_off = one.get("disabled") is True or one.get("enabled") is False
        if name and not is_off:
            value = "" if one.get("type") == "secret" else text(one.get("value"))
            yield Setting(name=name, value=value, help=_words(one.get("description")))


def _scripts(item: Object) -> bool:
    """Whether there is a script with something in it."""
    scripts = (one.get("script") for one in objects(item.get("event")))
    lines = (one.get("exec") for one in scripts if isinstance(one, Object))
    return any(_joined(line, "").strip() for line in lines)
