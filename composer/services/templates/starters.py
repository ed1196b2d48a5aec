"""The templates that come with the app, read once, when they are first asked for."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from composer import resources
from composer.services.templates.names import as_shown
from composer.services.templates.scanning import ENDING

if TYPE_CHECKING:
    from composer.core.templates import Template

SIGN = "/"
"""What the id of a starter begins with; no path below a folder does."""

_NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def is_starter(identifier: str) -> bool:
    """Whether the id is that of a starter."""
    return identifier.startswith(SIGN)


def starters() -> tuple[Template, ...]:
    """By folder and name. A file of ours that cannot be read is our own mistake, and raises."""
    root = resources.path("templates")
    found = (_starter(file, root) for file in root.rglob(f"*{ENDING}"))
    return tuple(sorted(found, key=order))


def order(template: Template) -> tuple[str, str, str]:
    """Templates stand by folder and name, whatever their capitals."""
    return template.folder.casefold(), template.name.casefold(), template.id


def _starter(file: Path, root: Path) -> Template:
    from composer.services.template_form import read_template  # noqa: PLC0415 -- see TemplateStore

    parts = file.relative_to(root).with_suffix("").parts
    template = read_template(SIGN + "/".join(parts), file.read_bytes(), _NO_TIME)
    return dataclasses.replace(template, folder=as_shown(parts[:-1]), is_starter=True)
