"""The one way to the files in ``resources/``: icons, theme and the templates that come along.

In a wheel they lie inside the package as ``composer/_resources``, in a checkout beside it. Callers
name a file by its path below ``resources/`` and never learn which of the two they run from. Knows
nothing of what the files mean.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds the resources."""
    shipped = _PACKAGE / "_resources"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "resources"


def path(name: str) -> Path:
    """The file or folder ``name`` (for example ``icons/send.svg``).

    FileNotFoundError if it was not shipped.
    """
    found = root() / name
    if not found.exists():
        raise FileNotFoundError(name)
    return found


def text(name: str) -> str:
    """The file's UTF-8 text; FileNotFoundError if it was not shipped."""
    return path(name).read_text(encoding="utf-8")
