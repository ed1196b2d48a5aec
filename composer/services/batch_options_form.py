"""The options of a run as a JSON object and back: in the settings, and beside each run.

Knows nothing of files.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial

from composer.core.batch.options import BatchOptions, option_problem
from composer.core.jsontext import Number, Object, Value
from composer.services.settings_members import Members


def written_options(options: BatchOptions) -> Object:
    """The options by their names."""
    values = ((field.name, getattr(options, field.name)) for field in fields(options))
    members: list[tuple[str, Value]] = [
        (name, value if isinstance(value, bool) else Number(repr(value))) for name, value in values
    ]
    return Object(tuple(members))


def read_options(form: Members) -> BatchOptions:
    """The options among ``form``; what is missing or wrong is as usual."""
    options = BatchOptions()
    for field in fields(options):
        usual = getattr(options, field.name)
        if isinstance(usual, bool):
            found: bool | float = form.switch(field.name, default=usual)
        else:
            number = form.number(field.name, usual, allows=partial(_is_allowed, field.name))
            found = float(number) if isinstance(usual, float) else int(number)
        options = replace(options, **{field.name: found})
    return options


def _is_allowed(name: str, value: float) -> bool:
    return not option_problem(name, value)
