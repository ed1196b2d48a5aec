"""A quicker start: PySide does not read the source of every module that is imported.

WORKAROUND: once QtCore is loaded, PySide reads the source of each module that is imported after it,
to see whether it might say ``from __feature__ import …``. Nothing here does, and with some hundred
modules that is a tenth of the start, and their text stays in memory. https://github.com/napari/napari/issues/8584
"""

from __future__ import annotations

import sys
from importlib import import_module


def skip_feature_search() -> None:
    """Call it before the window's modules are imported. Does nothing where PySide is otherwise."""
    import_module("PySide6.QtCore")  # brings the search with it
    search = sys.modules.get("shibokensupport.feature")
    if search is not None and "_mod_uses_pyside" in vars(search):
        vars(search)["_mod_uses_pyside"] = _uses_pyside


def _uses_pyside(module: object) -> bool:
    """What PySide finds out about every module of the window: so none is treated otherwise."""
    del module
    return True
