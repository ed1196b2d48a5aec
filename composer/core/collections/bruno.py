"""Reads Bruno's collections: a folder of ``.bru`` files, and the JSON that Bruno exports.

Scripts are not run, and secrets are not in the files. It knows nothing of PostHog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from composer.core.collections.bru import Block, read_bru
from composer.core.collections.collection import CollectedRequest, Collection, Setting
from composer.core.collections.reading import SCRIPTS, objects, pairs, text
from composer.core.jsontext import JsonError, Object, Value, parse

TOOL = "Bruno"
ENDING = ".bru"

_Parts: TypeAlias = tuple[str, ...]
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_ENVIRONMENTS = "environments"
_OFF = ("enabled", False)
_SHORT_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def read_folder(files: Mapping[str, str]) -> Collection:
    """The ``.bru`` files and ``bruno.json`` of one collection, by their path in it."""
    found = {tuple(path.split("/")): text for path, text in files.items()}
    blocks = {path: read_bru(text) for path, text in found.items() if path[-1].endswith(ENDING)}
    settings = [one for path in sorted(blocks) for one in _shared(path, blocks[path])]
    has_scripts = any(
        block.name.startswith(("script", "tests")) for all_ in blocks.values() for block in all_
    )
    order = sorted(blocks, key=lambda path: (path[:-1], _place(blocks[path]), path[-1]))
    requests = (_request(path, blocks[path], blocks) for path in order)
    return Collection(
        tool=TOOL,
        name=_name(found) or TOOL,
        requests=tuple(request for request in requests if request is not None),
        settings=tuple(settings),
        remarks=(SCRIPTS,) if has_scripts else (),
    )


def is_export(source: Object) -> bool:
    """Whether it is what Bruno exports as JSON."""
    return isinstance(source.get("items"), tuple) and isinstance(source.get("name"), str)


def read_export(source: Object) -> Collection:
    """A collection that was exported into one JSON file."""
    environments = objects(source.get("environments"))
    settings = (one for each in environments for one in _variables(each.get("variables")))
    return Collection(
        tool=TOOL,
        name=text(source.get("name")) or TOOL,
        requests=tuple(_exported(source.get("items"), ())),
        settings=tuple(settings),
    )


def _name(files: Mapping[_Parts, str]) -> str:
    try:
        about = parse(files.get(("bruno.json",), "{}"))
    except JsonError:
        return ""
    return text(about.get("name")) if isinstance(about, Object) else ""


def _block(blocks: tuple[Block, ...], name: str) -> Block:
    return next((block for block in blocks if block.name == name), Block(name=name))


def _place(blocks: tuple[Block, ...]) -> int:
    """Where the request stands in its folder."""
    number = _block(blocks, "meta").get("seq")
    return int(number) if _SHORT_NUMBER.fullmatch(number) else 0


def _shared(path: _Parts, blocks: tuple[Block, ...]) -> Iterator[Setting]:
    """What holds for every request: variables of the collection and of its environments."""
    if path[-1] == "collection.bru" or path[0] == _ENVIRONMENTS:
        yield from _own(blocks)


def _own(blocks: tuple[Block, ...]) -> Iterator[Setting]:
    for block in blocks:
        if block.name in {"vars", "vars:pre-request", "vars:secret"}:
            yield from (Setting(name=name, value=value) for name, value in block.pairs)


def _request(
    path: _Parts,
    blocks: tuple[Block, ...],
    files: Mapping[_Parts, tuple[Block, ...]],
) -> CollectedRequest | None:
    line = next((block for block in blocks if block.name in _METHODS), None)
    if line is None or path[0] == _ENVIRONMENTS:
        return None
    body = line.get("body") or "json"
    form = _block(blocks, "body:form-urlencoded").pairs if body == "form-urlencoded" else ()
    written = _block(blocks, f"body:{body}") if body != "form-urlencoded" else Block(name="")
    return CollectedRequest(
        name=_block(blocks, "meta").get("name") or path[-1].removesuffix(ENDING),
        folders=tuple(_folder(path[:depth], files) for depth in range(1, len(path))),
        method=line.name.upper(),
        url=line.get("url"),
        headers=_block(blocks, "headers").pairs,
        body=written.text or _block(blocks, "body").text,
        form=form,
        description=_block(blocks, "docs").text.strip(),
        settings=tuple(_own(blocks)),
    )


def _folder(path: _Parts, files: Mapping[_Parts, tuple[Block, ...]]) -> str:
    """The name that Bruno shows for it."""
    about = files.get((*path, "folder.bru"), ())
    return _block(about, "meta").get("name") or path[-1]


def _exported(items: Value, folders: tuple[str, ...]) -> Iterator[CollectedRequest]:
    for item in objects(items):
        name = text(item.get("name")) or "Request"
        if isinstance(item.get("items"), tuple):
            yield from _exported(item.get("items"), (*folders, name))
        elif isinstance(request := item.get("request"), Object):
            yield replace(_of_export(request, name), folders=folders)


def _of_export(request: Object, name: str) -> CollectedRequest:
    body = request.get("body")
    kept = body if isinstance(body, Object) else Object()
    mode = text(kept.get("mode"))
    is_form = mode in {"formUrlEncoded", "form-urlencoded"}
    return CollectedRequest(
        name=name,
        method=text(request.get("method")).upper() or "GET",
        url=text(request.get("url")),
        headers=pairs(request.get("headers"), key="name", off=_OFF),
        body="" if is_form else text(kept.get(mode)),
        form=pairs(kept.get("formUrlEncoded"), key="name", off=_OFF) if is_form else (),
        description=text(request.get("docs")).strip(),
    )


def _variables(items: Value) -> Iterator[Setting]:
    for one in objects(items):
        if one.get("enabled") is not False and (name := text(one.get("name"))):
            value = "" if one.get("secret") is True else text(one.get("value"))
            yield Setting(name=name, value=value)
