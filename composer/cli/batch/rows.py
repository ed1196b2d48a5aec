"""The rows, the template and the mapping that the options of ``batch`` name."""

from __future__ import annotations

import argparse
import difflib
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from composer.cli.terminal import tell
from composer.core.errors import ComposerError
from composer.core.jsontext import JsonError
from composer.core.mapping import ColumnRule, Mapping, Target, doubts_in
from composer.core.mapping.problems import TARGET_WORDS
from composer.core.settings import Settings
from composer.core.templates import Template
from composer.services.batch.filling import Understood, understand
from composer.services.batch.mappings import MappingStore
from composer.services.batch.sources import FileSource
from composer.services.clock import SystemClock
from composer.services.draft_form import FormError
from composer.services.files import reason_of
from composer.services.notices import Notices
from composer.services.paths import Profile
from composer.services.template_form import read_template
from composer.services.templates import TemplateStore

STANDARD_INPUT = "Standard input"
_MOST_TOLD = 12
"""Columns of which it is told where they go."""


class RowsError(ComposerError):
    """The rows cannot become events as the options say; the text says why, and what to do."""


@contextmanager
def opened_rows(
    args: argparse.Namespace, profile: Profile, settings: Settings
) -> Generator[Understood]:
    """The rows, looked at, for as long as the block lasts. Raises ``ComposerError``."""
    notices = Notices()
    mapping = _mapping(args.mapping, MappingStore(profile.mappings, SystemClock(), notices))
    wanted = args.template or (mapping.template_id if mapping else "")
    template = _template(wanted, profile, settings, notices) if wanted else None
    tell(*notices.all())
    with _path_of(args.rows) as path:
        rows = understand(FileSource(path), template, mapping, zone_name=args.zone or "")
        if not rows.guess.columns:
            raise RowsError(f"There are no rows in {source_name(args.rows)}. Choose another file.")
        _tell_reading(rows, is_suggested=mapping is None)
        if rows.problems:
            raise RowsError(" ".join(_advised(rows)))
        yield rows


def source_name(file: str) -> str:
    """What a run calls the rows."""
    return STANDARD_INPUT if file == "-" else Path(file).name


@contextmanager
def _path_of(file: str) -> Generator[str]:
    """The file; standard input becomes one, for it may be larger than the memory."""
    if file != "-":
        yield file
        return
    handle, name = tempfile.mkstemp(prefix="event-composer-")
    try:
        try:
            with os.fdopen(handle, "wb") as copy, open(0, "rb", closefd=False) as stream:
                shutil.copyfileobj(stream, copy)
        except OSError as error:
            raise RowsError(f"{STANDARD_INPUT} cannot be read: {reason_of(error)}") from error
        yield name
    finally:
        Path(name).unlink()


def _mapping(name: str | None, store: MappingStore) -> Mapping | None:
    if name is None:
        return None
    kept = store.all()
    wanted = name.strip().casefold()
    found = next((one for one in kept if one.name.strip().casefold() == wanted), None)
    if found is None:
        names = [one.name for one in kept]
        raise RowsError(f"No mapping is called {name!r}. {_others(name, names, 'Import')}")
    return found


def _template(wanted: str, profile: Profile, settings: Settings, notices: Notices) -> Template:
    """A template of that name or id, else the file of one."""
    store = TemplateStore(profile.templates, SystemClock(), notices)
    store.use_folder(settings.templates_folder)
    if found := store.find(wanted):
        return found
    known = store.all()
    plain = wanted.strip().strip("/").casefold()
    if found := next((one for one in known if one.id.strip("/").casefold() == plain), None):
        return found
    if Path(wanted).is_file():
        return _template_in(Path(wanted))
    names = [one.name for one in known]
    raise RowsError(f"No template is called {wanted!r}. {_others(wanted, names, 'Templates')}")


def _template_in(path: Path) -> Template:
    try:
        return read_template(path.stem, path.read_bytes(), SystemClock().now())
    except OSError as error:
        raise RowsError(f"{path} cannot be read: {reason_of(error)}") from error
    except JsonError as error:
        raise RowsError(f"{path} is no template: {error} {error.hint}".rstrip()) from error
    except FormError as error:
        raise RowsError(f"{path} is no template: {error}.") from error


def _others(wanted: str, names: list[str], place: str) -> str:
    """What there is instead: the names that are like it, or all of a few."""
    near = difflib.get_close_matches(wanted, names, n=5, cutoff=0.4) or names[:5]
    if not near:
        return f"None is saved: save one in the window, under {place}."
    return f"There is: {', '.join(near)}{', …' if len(names) > len(near) else ''}."


def _tell_reading(rows: Understood, *, is_suggested: bool) -> None:
    tell(*rows.guess.notes)
    if not is_suggested:
        return
    where: dict[str, list[str]] = {}
    for rule in rows.mapping.rules[:_MOST_TOLD]:
        where.setdefault(_goes_to(rule), []).append(rule.column)
    for words, columns in where.items():
        tell(f"{', '.join(columns)}: {words}")
    if (more := len(rows.mapping.rules) - _MOST_TOLD) > 0:
        tell(f"and {more:,} more columns")
    for constant in rows.mapping.constants:
        tell(f"{constant.name}: {constant.text} in every event that says nothing else")
    tell(*(doubt.words for doubt in doubts_in(rows.mapping, rows.guess)))


def _goes_to(rule: ColumnRule) -> str:
    if rule.target is Target.PROPERTY and rule.name == rule.column:
        return "properties"
    return f"{TARGET_WORDS[rule.target]} {rule.name}".rstrip()


def _advised(rows: Understood) -> tuple[str, ...]:
    columns = ", ".join(rows.guess.columns[:_MOST_TOLD])
    advice = (
        f"The columns are: {columns}. Name them so that it shows where they go, or save a mapping "
        "in the window and name it with --mapping."
    )
    return (*rows.problems, advice)
