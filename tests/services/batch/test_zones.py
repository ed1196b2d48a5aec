"""Time zones are found by their names, and nothing else is a zone."""

from datetime import UTC, datetime, timedelta

import pytest

from composer.services.batch.zones import zone, zone_names


def test_every_name_that_is_offered_is_a_zone() -> None:
    names = zone_names()
    assert names[0] == "UTC"
    assert "Europe/Paris" in names
    assert not [name for name in names if name.startswith(("Etc/", "posix/", "right/"))]
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    for name in names:
        assert abs(moment.astimezone(zone(name)).utcoffset() or timedelta()) < timedelta(hours=15)


def test_utc_needs_no_files() -> None:
    assert zone("UTC") is UTC


@pytest.mark.parametrize("name", ["", "Mars", "../etc/passwd", "/etc/passwd", "Europe", "a\x00b"])
def test_what_is_no_zone_is_no_zone(name: str) -> None:
    with pytest.raises(LookupError):
        zone(name)
