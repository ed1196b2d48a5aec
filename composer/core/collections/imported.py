"""What an import brought, and what it did not, by name. It knows nothing of files or formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.core.remarks import Remark

if TYPE_CHECKING:
    from composer.core.templates.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The templates, as they were saved; and what was left out or taken differently."""

    templates: tuple[Template, ...] = ()
    remarks: tuple[Remark, ...] = ()
