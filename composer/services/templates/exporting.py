"""Templates as a file, a folder or a zip archive, as they lie in the templates' folder.

They hold neither token nor key (``composer.services.template_form``), so they can be passed on.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from composer.core.errors import StoreError
from composer.core.templates import Template
from composer.services.files import reason_of, write_atomically
from composer.services.template_form import slug, written_template
from composer.services.templates.names import on_disk
from composer.services.templates.placing import write_new
from composer.services.templates.scanning import ENDING

_PRIVATE_FILE = 0o600 << 16
"""Where an archive keeps the permissions."""


def exported(templates: Sequence[Template], path: Path) -> int:
    """Write them to ``path`` and return how many. Raises ``StoreError``."""
    if not templates:
        raise StoreError("None of these templates is there any more. Choose others.")
    match path.suffix.lower():
        case ".zip":
            write_atomically(path, _archive(templates))
        case ".json" if len(templates) == 1:
            write_atomically(path, written_template(templates[0]))
        case ".json":
            raise StoreError(
                f"{len(templates)} templates do not fit into one file. Choose a folder, or a name "
                "that ends in .zip."
            )
        case _:
            _into_folder(templates, path)
    return len(templates)


def _archive(templates: Iterable[Template]) -> bytes:
    """The same templates make the same bytes."""
    kept = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for template in templates:
            about = zipfile.ZipInfo(_free_name(template, taken), _day(template))
            about.external_attr = _PRIVATE_FILE
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, written_template(template))
    return kept.getvalue()


def _free_name(template: Template, taken: set[str]) -> str:
    base = "/".join((*on_disk(template.folder), slug(template.name)))
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name + ENDING


def _day(template: Template) -> tuple[int, int, int, int, int, int]:
    moment = template.saved_at
    year = min(max(moment.year, 1980), 2107)  # what the format can hold
    return year, moment.month, moment.day, moment.hour, moment.minute, moment.second


def _into_folder(templates: Iterable[Template], folder: Path) -> None:
    """Nothing that lies there is overwritten."""
    try:
        for template in templates:
            place = folder.joinpath(*on_disk(template.folder))
            write_new(place, slug(template.name), written_template(template))
    except OSError as error:
        raise StoreError(f"The templates could not be exported: {reason_of(error)}") from error
