"""What earlier requests leave in memory."""

from datetime import UTC, date, datetime
from typing import Any

from composer.core.verdicts import remembering
from composer.core.verdicts.remembering import Recollection
from composer.core.verdicts.request import Circumstances, Memory, Sent
from tests.core.verdicts.cases import NOW, event, request_from, with_properties

UUID = "019aa000-0000-7000-8000-00000000000A"


def remembered(*bodies: Any) -> Memory:
    recollection = Recollection()
    for body in bodies:
        recollection.add(request_from(body), Circumstances(now=NOW))
    return recollection.memory()


def test_people_are_found_by_their_small_letters() -> None:
    memory = remembered(event(distinct_id="Anna"), event(distinct_id="anna"))
    assert memory.people == {"anna": frozenset({"Anna", "anna"})}


def test_an_event_id_has_what_a_repeat_must_have_too() -> None:
    memory = remembered(event(uuid=UUID, timestamp="2026-03-01T23:30:00-02:00"))
    sent = Sent(event="invoice paid", distinct_id="cust-20417", day=date(2026, 3, 2))
    assert memory.sent == {UUID.lower(): sent}


def test_without_a_time_the_day_is_that_of_the_send() -> None:
    assert remembered(event(uuid=UUID)).sent[UUID.lower()].day == NOW.date()


def test_what_is_no_uuid_is_not_kept() -> None:
    assert remembered(event(uuid="x"), event(uuid=3)).sent == {}


def test_groups_come_from_links_and_descriptions() -> None:
    described = event(
        event="$groupidentify", properties={"$group_type": "shop", "$group_key": "s1"}
    )
    memory = remembered(with_properties(**{"$groups": {"company": "c1"}}), described)
    assert memory.group_types == {"company", "shop"}
    assert memory.groups == {("shop", "s1")}


def test_anonymous_events_have_no_groups() -> None:
    hidden = {"$groups": {"company": "c1"}, "$process_person_profile": False}
    assert remembered(with_properties(**hidden)).group_types == frozenset()


def test_a_property_keeps_the_kind_it_had_first() -> None:
    memory = remembered(with_properties(seats=3), with_properties(seats="many"))
    assert memory.kinds == {"seats": "number"}


def joining(kept: str, folded: str, name: str = "$identify") -> dict[str, Any]:
    key = "$anon_distinct_id" if name == "$identify" else "alias"
    return event(event=name, distinct_id=kept, properties={key: folded})


def test_people_who_were_joined_are_known_by_where_they_ended() -> None:
    memory = remembered(joining("anna", "visitor-1"), joining("visitor-1", "visitor-2"))
    assert memory.joined == {"visitor-1": "anna", "visitor-2": "anna"}


def test_a_person_who_is_known_is_only_folded_in_by_force() -> None:
    before = joining("anna", "visitor-1")
    assert "anna" not in remembered(before, joining("bert", "anna")).joined
    forced = joining("bert", "anna", "$merge_dangerously")
    assert remembered(before, forced).joined["anna"] == "bert"


def test_the_oldest_are_forgotten(monkeypatch: Any) -> None:
    monkeypatch.setattr(remembering, "MOST", 2)
    memory = remembered(*(event(distinct_id=name) for name in ("a", "b", "c")))
    assert set(memory.people) == {"b", "c"}


def test_a_memory_does_not_change_with_what_is_added_later() -> None:
    recollection = Recollection()
    before = recollection.memory()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    recollection.add(request_from(event()), Circumstances(now=now))
    assert before == Memory()
