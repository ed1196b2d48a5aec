"""UUIDs are made as the standard says and judged as PostHog does."""

from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from composer.core.ids import PLACEHOLDER_IDS, is_uuid, uuid7, uuid7_milliseconds

EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
"""RFC 9562, appendix A.6."""

milliseconds = st.integers(0, 2**48 - 1)
randomness = st.integers(0, 2**80)


def test_the_example_of_the_standard_is_made() -> None:
    assert uuid7(0x017F22E279B0, 0xCC3 << 62 | 0x18C4DC0C0C07398F) == EXAMPLE
    assert uuid7_milliseconds(EXAMPLE) == 1645557742000


@given(milliseconds, randomness)
def test_a_uuid_is_of_version_7_and_gives_its_time_back(time: int, bits: int) -> None:
    made = uuid7(time, bits)
    assert UUID(made).version == 7
    assert uuid7_milliseconds(made) == time
    assert is_uuid(made)


@given(milliseconds, milliseconds, randomness)
def test_later_uuids_sort_later(one: int, other: int, bits: int) -> None:
    earlier, later = sorted((one, other))
    assert uuid7(earlier, bits) <= uuid7(later, bits)


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE.upper(),
        EXAMPLE.replace("-", ""),
        f"{{{EXAMPLE}}}",
        f"urn:uuid:{EXAMPLE}",
        "00000000-0000-0000-0000-000000000000",
    ],
)
def test_every_form_that_posthog_reads_is_fine(text: str) -> None:
    assert is_uuid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42",
        EXAMPLE[:-1],
        f" {EXAMPLE}",
        EXAMPLE + "0",
        EXAMPLE.replace("-", "", 1),
        EXAMPLE.replace("0", "_"),
        EXAMPLE.replace("0", "٠"),
        "not-a-uuid-at-all-but-36-characters-x",
    ],
)
def test_what_posthog_refuses_is_none(text: str) -> None:
    assert not is_uuid(text)


@pytest.mark.parametrize("text", ["", "42", "b1c5bb20-0d3c-4b7e-9b3c-6e5d3a2b1c0d"])
def test_only_version_7_has_a_time(text: str) -> None:
    assert uuid7_milliseconds(text) is None


def test_placeholders_are_compared_trimmed_and_in_small_letters() -> None:
    assert all(name == name.strip().lower() for name in PLACEHOLDER_IDS)
