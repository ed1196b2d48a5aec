"""A sentence that stands beside a field of the form. Holds no widget."""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.jsontext import Path
from composer.ui.widgets import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with the member at ``path``, or what becomes of it."""

    path: Path
    message: str
    severity: Severity = Severity.ERROR
