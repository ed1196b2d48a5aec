"""The kinds that PostHog's menus give to properties."""

import pytest

from composer.core.jsontext import from_python
from composer.core.verdicts.kinds import PropertyKind, kind_of
from tests.core.verdicts.cases import NOW


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("plan", "pro", PropertyKind.TEXT),
        ("plan", "12", PropertyKind.TEXT),
        ("seats", 12, PropertyKind.NUMBER),
        ("paid", True, PropertyKind.YES_NO),
        ("paid", " TRUE ", PropertyKind.YES_NO),
        ("paid", "True", PropertyKind.TEXT),
        ("due", "2026-11-21", PropertyKind.DATE),
        ("due", "2026-11-21T09:30:00Z", PropertyKind.DATE),
        ("due", "2026-11-21 09:30:00.5 whatever", PropertyKind.DATE),
        ("due", "Sat, 21 Nov 2026 09:30:00 +0000", PropertyKind.DATE),
        ("due", "21 November", PropertyKind.TEXT),
        ("created_at", 1_795_000_000, PropertyKind.DATE),
        ("createdAt", 1_795_000_000_000, PropertyKind.DATE),
        ("created_at", 12, PropertyKind.NUMBER),
        ("amount", 1_795_000_000, PropertyKind.NUMBER),
        ("utm_campaign", 2026, PropertyKind.TEXT),
        ("UTM_Campaign", True, PropertyKind.TEXT),
        ("$feature/new", True, PropertyKind.TEXT),
        ("$feature_flag_response", False, PropertyKind.TEXT),
        ("$survey_response_1", 9, PropertyKind.TEXT),
        ("tags", ["a"], None),
        ("inner", {"a": 1}, None),
        ("nothing", None, None),
    ],
)
def test_a_kind_follows_from_name_and_value(
    name: str, value: object, kind: PropertyKind | None
) -> None:
    assert kind_of(name, from_python(value), NOW) is kind
