"""A variable of a template as a JSON object and back. Knows nothing of files."""

from __future__ import annotations

from composer.core.jsontext import Layout, Object, Value, encode
from composer.core.templates import Variable, VariableKind
from composer.services.draft_form import FormError, list_of, text_of

_KNOWN = frozenset({"name", "label", "help", "kind", "default", "choices", "required"})


def written_variable(variable: Variable) -> Object:
    """What is as it is without being said is left out."""
    members: list[tuple[str, Value]] = [("name", variable.name)]
    members += ((key, text) for key, text in _words(variable) if text)
    if variable.kind is not VariableKind.TEXT:
        members.append(("kind", variable.kind.value))
    if variable.default:
        members.append(("default", variable.default))
    if variable.choices:
        members.append(("choices", variable.choices))
    if not variable.required:
        members.append(("required", False))
    return Object((*members, *variable.extra))


def read_variable(source: Value) -> Variable:
    """The variable in ``source``. Raises ``FormError``.

    A default or a choice that is no text is read as a person would type it: ``5``, ``true``.
    """
    if not isinstance(source, Object):
        raise FormError("a variable is no object")
    name = text_of(source, "name")
    choices = list_of(source, "choices") if "choices" in source else ()
    return Variable(
        name=name,
        label=_optional(source, "label"),
        help=_optional(source, "help"),
        kind=_kind(name, source.get("kind", VariableKind.TEXT.value)),
        default=_typed(source.get("default", "")),
        choices=tuple(map(_typed, choices)),
        required=source.get("required") is not False,
        extra=Object(tuple(member for member in source if member[0] not in _KNOWN)),
    )


def _words(variable: Variable) -> tuple[tuple[str, str], ...]:
    return ("label", variable.label), ("help", variable.help)


def _optional(source: Object, key: str) -> str:
    return text_of(source, key) if key in source else ""


def _typed(value: Value) -> str:
    return value if isinstance(value, str) else encode(value, Layout.COMPACT)


def _kind(name: str, value: Value) -> VariableKind:
    if isinstance(value, str) and value in set(VariableKind):
        return VariableKind(value)
    raise FormError(f"the kind of the variable {name} is none of {', '.join(VariableKind)}")
