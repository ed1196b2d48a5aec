"""The rows of the Sandbox place: good and bad apart, searched, and no more than are kept."""

from datetime import UTC, datetime

import pytest
from pytestqt.modeltest import ModelTester

from composer.core.jsontext import Object
from composer.services.sandbox.arrivals.body import Body
from composer.services.sandbox.arrivals.stored import Arrival, DroppedEvent, StoredEvent
from composer.ui.sandbox.model import MOST_ROWS, At, SandboxModel
from composer.ui.sandbox.rows import Kind, Row, badge, reason, rows_of
from composer.ui.widgets import Severity


def arrival(
    number: int, events: int = 1, lost: int = 0, status: int = 200, **values: str
) -> Arrival:
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    stored = [
        StoredEvent(
            name=f"event {number}.{place}",
            distinct_id="Anna",
            uuid=f"019a-{number}",
            timestamp=moment,
            token="t",
            sent=Object(),
            record=Object(),
        )
        for place in range(events)
    ]
    dropped = [
        DroppedEvent(
            name=f"lost {number}.{place}",
            distinct_id="Ben",
            uuid="",
            reason="events_over_quota",
            sent=Object(),
        )
        for place in range(lost)
    ]
    return Arrival(
        number=number,
        received_at=moment,
        method="POST",
        path="/batch/",
        headers=(),
        body=Body(b""),
        status=status,
        answer=values.get("answer", ""),
        events=tuple(stored),
        dropped=tuple(dropped),
        fault=values.get("fault", ""),
        client=values.get("client", ""),
    )


def filled(*arrivals: Arrival) -> SandboxModel:
    model = SandboxModel()
    model.reset(arrivals)
    return model


def shown(model: SandboxModel) -> list[str]:
    return [
        " | ".join(filter(None, (str(model.index(row, column).data() or "") for column in At)))[11:]
        for row in range(model.rowCount())
    ]


MIXED = (
    arrival(1, client="posthog-node 5.8.4"),
    arrival(2, 1, 1),
    arrival(3, 0, status=401, answer="API key is not valid: empty\n"),
    arrival(4, 0),
)


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(filled(*MIXED), force_py=True)


def test_each_event_and_each_refused_request_is_a_row_the_newest_first() -> None:
    assert shown(filled(*MIXED)) == [
        "POST /batch/ | No event",
        "API key is not valid: empty | 401 · refused",
        "lost 2.0 | Ben | 200 · lost",
        "event 2.0 | Anna | Stored",
        "event 1.0 | Anna | posthog-node 5.8.4 | Stored",
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (
            Kind.STORED,
            ["event 2.0 | Anna | Stored", "event 1.0 | Anna | posthog-node 5.8.4 | Stored"],
        ),
        (Kind.LOST, ["lost 2.0 | Ben | 200 · lost"]),
        (Kind.REFUSED, ["API key is not valid: empty | 401 · refused"]),
        (Kind.OTHER, ["POST /batch/ | No event"]),
    ],
)
def test_one_kind_can_be_shown_and_all_are_counted(kind: Kind, found: list[str]) -> None:
    model = filled(*MIXED)
    model.narrow(kind, "")
    assert shown(model) == found
    assert model.count(kind) == len(found)
    assert model.total == 5
    model.add([arrival(5), arrival(6, 0, 1), arrival(7, 0, status=400), arrival(8, 0)])
    assert model.rowCount() == len(found) + 1
    assert model.count(kind) == len(found) + 1


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("anna", 2),
        ("ANNA 5.8", 1),
        ("quota", 1),
        ("019A-1", 1),
        ("not valid", 1),
        ("nobody", 0),
        (" ", 5),
    ],
)
def test_the_search_looks_at_event_person_id_client_and_reason(search: str, count: int) -> None:
    model = filled(*MIXED)
    model.narrow(None, search)
    assert model.rowCount() == count
    assert model.is_searching == bool(search.strip())


def test_what_comes_in_is_searched_too() -> None:
    model = filled(*MIXED)
    model.narrow(None, "event 9.0")
    model.add([arrival(8), arrival(9)])
    assert shown(model) == ["event 9.0 | Anna | Stored"]
    model.narrow(None, "")
    assert model.rowCount() == 7


def test_the_oldest_rows_go_when_there_are_too_many() -> None:
    model = filled(arrival(1, MOST_ROWS - 1))
    model.add([arrival(2, 3)])
    assert model.rowCount() == model.total == model.count(Kind.STORED) == MOST_ROWS
    first, last = model.at(0), model.at(MOST_ROWS - 1)
    assert first is not None
    assert last is not None
    assert (first.event and first.event.name) == "event 2.2"
    assert (last.event and last.event.name) == "event 1.2"
    model.narrow(None, "event 1.")
    model.add([arrival(3, MOST_ROWS + 7)])
    assert (model.rowCount(), model.total) == (0, MOST_ROWS)


def test_requests_that_are_kept_no_more_leave_the_list() -> None:
    model = filled(arrival(1), arrival(2, 2), arrival(3), arrival(4, 0, status=401))
    model.narrow(Kind.STORED, "")
    model.drop_before(3)
    assert [row.arrival.number for n in range(9) if (row := model.at(n))] == [3]
    assert (model.count(Kind.STORED), model.count(Kind.REFUSED)) == (1, 1)
    model.drop_before(9)
    assert (model.rowCount(), model.total) == (0, 0)


def test_a_row_is_found_again() -> None:
    model = filled(*MIXED)
    third = model.at(2)
    assert third is not None
    model.add([arrival(5)])
    assert model.find(third) == 3
    model.narrow(Kind.STORED, "")
    assert model.find(third) == -1


def only(one: Arrival) -> Row:
    (row,) = rows_of(one)
    return row


def test_a_request_without_an_answer_says_what_did_it() -> None:
    row = only(arrival(1, 0, status=0, fault="reset path=/batch"))
    assert badge(row) == ("No answer", Severity.ERROR)
    assert reason(row) == "reset path=/batch"


def test_an_event_that_was_stored_though_the_sender_was_not_told_so_is_marked() -> None:
    assert badge(only(arrival(1, status=503))) == ("Stored · 503", Severity.WARNING)
    assert badge(only(arrival(1, status=0))) == ("Stored · no answer", Severity.WARNING)


def test_a_refusal_of_many_lines_is_cut_to_its_first() -> None:
    assert reason(only(arrival(1, 0, status=502, answer="<html>\n<body>"))) == "<html>"
    assert reason(only(arrival(1, 0, status=404))) == "Refused without a reason"
