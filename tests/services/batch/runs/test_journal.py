"""Nothing is lost, nothing confirmed comes again, and the counts add up, whatever happens."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import Counts, EventState, RequestState, RunState, Try
from composer.core.errors import StoreError
from composer.services.batch.runs import Journal, RunStore, pruning
from composer.services.batch.runs.holding import RunBusyError
from tests.helpers.clock import START, StandingClock
from tests.services.batch.runs.making import (
    CONFIRMED,
    REFUSED,
    SMALL,
    UNCERTAIN,
    all_ended,
    ended,
    made,
    uuid_of,
    uuids,
)

ALONE = BatchOptions(one_each=True)


def states(store: RunStore, run: int) -> list[EventState]:
    return [event.state for event in store.events(run, limit=10_000)]


def test_claims_come_in_order_and_carry_every_event_once(store: RunStore) -> None:
    run = made(store, 25)
    with Journal(store, run.id) as journal:
        claims = [*journal.claim(2), *journal.claim(2)]
        assert journal.claim(2) == []
    assert [uuid for claim in claims for uuid in uuids(claim.body)] == [
        uuid_of(number) for number in range(1, 26)
    ]
    assert [(claim.parcel, claim.first, claim.events) for claim in claims] == [
        (0, 0, 10), (1, 0, 10), (2, 0, 5),
    ]  # fmt: skip
    assert claims[0].body.startswith(b'{"api_key":"phc_shop","batch":[{"event":"order 1"')


def test_events_alone_are_claimed_one_by_one_across_parcels(store: RunStore) -> None:
    run = made(store, 2_010, ALONE)
    with Journal(store, run.id) as journal:
        first = journal.claim(1990)
        rest = journal.claim(100)
    assert len(first) == 1990
    assert [uuids(claim.body) for claim in rest] == [[uuid_of(n)] for n in range(1991, 2011)]
    assert [claim.parcel for claim in rest[9:11]] == [0, 1]
    assert rest[0].body.startswith(b'{"api_key":"phc_shop","event":')


def test_a_claim_is_in_the_file_before_anyone_has_it(store: RunStore) -> None:
    run = made(store, 25)
    with Journal(store, run.id) as journal:
        journal.claim(2)
        found = store.run(run.id)
        assert found
        assert found.counts == journal.counts() == Counts(waiting=5, sending=20)
        assert (found.state, found.is_alive, found.requests) == (RunState.RUNNING, True, 2)
        assert [row.state for row in store.requests(run.id)] == [RequestState.SENDING] * 2


def test_how_a_request_ended_is_kept_with_all_that_is_known(
    store: RunStore, clock: StandingClock
) -> None:
    run = made(store, 10)
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        clock.go_on(seconds=3)
        journal.settle([ended(claim, REFUSED, 400)])
    (row,) = store.requests(run.id)
    assert row == store.request(claim.request_id)
    assert (row.state, row.status, row.words, row.milliseconds) == (
        REFUSED, 400, "It is refused.", 12.5,
    )  # fmt: skip
    assert (row.tries, row.events, row.bytes) == (1, 10, len(claim.body))
    assert (row.finished_at, row.parent) == (clock.now(), None)
    assert store.request_of(run.id, row.id).sha256 == row.sha256
    event = store.events(run.id)[3]
    assert (event.state, event.request, event.status) == (EventState.REFUSED, row.id, 400)
    assert event.words == "It is refused."


def test_a_claim_ends_once(store: RunStore) -> None:
    run = made(store, 20)
    with Journal(store, run.id) as journal:
        one, other = journal.claim(2)
        journal.settle([ended(one)])
        with pytest.raises(ValueError, match="only once"):
            journal.settle([ended(other), ended(one, REFUSED)])
        with pytest.raises(ValueError, match="only once"):
            journal.split(one)
        with pytest.raises(ValueError, match="ends as"):
            journal.settle([ended(other, RequestState.SENDING)])
        assert journal.counts() == Counts(confirmed=10, sending=10)
        found = store.run(run.id)
        assert found
        assert found.counts == journal.counts()


def test_what_is_uncertain_comes_again_next_time_first_and_with_the_same_bytes(
    store: RunStore,
) -> None:
    run = made(store, 40)
    with Journal(store, run.id) as journal:
        one, two, three = journal.claim(3)
        journal.settle([ended(one, UNCERTAIN, None), ended(two)])
        assert [uuids(claim.body)[0] for claim in journal.claim(9)] == [uuid_of(31)]
    with Journal(store, run.id) as journal:
        again = journal.claim(2)
        assert [(c.request_id, c.body) for c in again] == [
            (c.request_id, c.body) for c in (one, three)
        ]
        assert [claim.tries_before for claim in again] == [1, 1]
        journal.settle(all_ended(again, UNCERTAIN))
        (last,) = journal.claim(9)
        assert uuids(last.body)[0] == uuid_of(31)
        journal.settle([ended(last)])
        assert journal.claim(9) == []
        assert journal.counts() == Counts(confirmed=20, uncertain=20)
    assert [row.tries for row in store.requests(run.id)] == [2, 1, 2, 2]


def test_halves_stand_in_for_a_request_until_each_has_its_end(store: RunStore) -> None:
    run = made(store, 10)
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        low, high = journal.split(claim, status=413, words="Too large.", milliseconds=3)
        assert uuids(low.body) + uuids(high.body) == uuids(claim.body)
        journal.settle([ended(low)])
        one, other = journal.split(high)
        journal.settle([ended(one, REFUSED, 413), ended(other)])
        assert journal.counts() == Counts(confirmed=8, refused=2)
        single = next(iter(journal.claim(1)), None)
        assert single is None
    found = store.run(run.id)
    assert found
    assert (found.requests, found.counts) == (3, Counts(confirmed=8, refused=2))
    rows = {row.id: row for row in store.requests(run.id)}
    assert rows[claim.request_id].state is RequestState.SPLIT
    assert (rows[claim.request_id].status, rows[claim.request_id].words) == (413, "Too large.")
    assert store.request_of(run.id, claim.request_id).sha256 == rows[claim.request_id].sha256
    assert rows[low.request_id].parent == rows[high.request_id].parent == claim.request_id
    assert rows[one.request_id].parent == high.request_id
    leaves = [row for row in rows.values() if row.state is not RequestState.SPLIT]
    assert found.bytes == sum(row.bytes for row in leaves)
    assert Counter(states(store, run.id)) == {EventState.CONFIRMED: 8, EventState.REFUSED: 2}
    assert store.request_of(run.id, one.request_id).body == one.body


def test_tries_before_a_split_are_counted(store: RunStore, clock: StandingClock) -> None:
    run = made(store, 10)
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        busy = Try(
            request=claim.request_id, number=1, at=clock.now(), status=503, words="Busy.", waits=1
        )
        journal.tried(busy)
        journal.split(claim, status=413, words="Too large.")
    tries = store.tries(claim.request_id)
    assert [(one.number, one.status) for one in tries] == [(1, 503), (2, 413)]


def test_a_single_event_has_no_halves(store: RunStore) -> None:
    run = made(store, 1)
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        with pytest.raises(ValueError, match="single event"):
            journal.split(claim)


@pytest.mark.parametrize("options", [SMALL, ALONE])
def test_what_was_not_sent_waits_again(store: RunStore, options: BatchOptions) -> None:
    run = made(store, 30, options)
    with Journal(store, run.id) as journal:
        sent, *unsent = journal.claim(3)
        journal.put_back(unsent)
        assert journal.counts() == Counts(waiting=30 - sent.events, sending=sent.events)
        assert [claim.body for claim in journal.claim(2)] == [claim.body for claim in unsent]
    assert len(store.requests(run.id)) == 3


def test_only_the_newest_claims_wait_again_and_others_are_uncertain(store: RunStore) -> None:
    run = made(store, 40)
    with Journal(store, run.id) as journal:
        one, two, three = journal.claim(3)
        journal.put_back([one, three])
        assert journal.counts() == Counts(waiting=20, sending=10, uncertain=10)
        journal.settle([ended(two)])
    with Journal(store, run.id) as journal:
        again, fresh = journal.claim(2)
        assert (again.request_id, again.tries_before) == (one.request_id, 0)
        assert fresh.body == three.body
        journal.put_back([again])
        assert journal.counts().uncertain == 10
        with pytest.raises(ValueError, match="put back"):
            journal.put_back([again])


def test_what_was_in_the_air_when_it_closed_is_uncertain(store: RunStore) -> None:
    run = made(store, 20)
    with Journal(store, run.id) as journal:
        journal.claim(1)
        journal.set_state(RunState.STOPPED, "Stopped by hand.")
    found = store.run(run.id)
    assert found
    assert found.counts == journal.counts() == Counts(waiting=10, uncertain=10)
    assert (found.state, found.trouble, found.ended_at) == (
        RunState.STOPPED, "Stopped by hand.", START,
    )  # fmt: skip
    assert not found.is_alive
    assert "cut off" in store.events(run.id)[0].words
    journal.close()
    with pytest.raises(ValueError, match="not open"):
        journal.claim(1)


def test_a_run_that_goes_on_has_no_trouble_and_no_end(store: RunStore) -> None:
    run = made(store, 20)
    with Journal(store, run.id) as journal:
        journal.set_state(RunState.STOPPED, "Stopped by hand.")
    journal = Journal(store, run.id)
    found = journal.open()
    assert (found.state, found.trouble, found.ended_at) == (RunState.RUNNING, "", None)
    journal.close()
    cut_off = store.run(run.id)
    assert cut_off
    assert cut_off.is_cut_off


def test_no_two_send_the_same_run(store: RunStore, tmp_path: Path, clock: StandingClock) -> None:
    run, other = made(store, 20), made(store, 20)
    elsewhere = RunStore(tmp_path / "runs.sqlite3", clock)
    with Journal(store, run.id), Journal(elsewhere, other.id):
        for someone in (store, elsewhere):
            with pytest.raises(RunBusyError, match="Another window or command"):
                Journal(someone, run.id).open()
            with pytest.raises(RunBusyError, match="Stop it first"):
                someone.delete(other.id)
            assert [one.is_alive for one in someone.runs()] == [True, True]
    with Journal(elsewhere, run.id):
        assert [one.is_alive for one in store.runs()] == [False, True]
    elsewhere.close()
    with pytest.raises(StoreError, match="no run 99"):
        Journal(store, 99).open()


def test_tries_are_told_one_by_one_over_all_sittings(store: RunStore, clock: StandingClock) -> None:
    run = made(store, 10)

    def failed(request: int, number: int, waits: float) -> Try:
        return Try(
            request=request, number=number, at=clock.now(), status=503, words="Busy.", waits=waits
        )

    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        journal.tried(failed(claim.request_id, 1, 1.5), failed(claim.request_id, 2, 0))
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(1)
        assert claim.tries_before == 3
        journal.settle([ended(claim)])
    tries = store.tries(claim.request_id)
    assert [(one.number, one.status, one.waits) for one in tries] == [
        (1, 503, 1.5), (2, 503, 0), (3, None, 0), (4, 200, 0),
    ]  # fmt: skip
    assert "cut off" in tries[2].words
    assert store.tries(999) == []


def test_samples_count_the_seconds_of_sending(store: RunStore, clock: StandingClock) -> None:
    run = made(store, 60)
    with Journal(store, run.id) as journal:
        claims = journal.claim(4)
        journal.settle([ended(claims[0])])
        clock.go_on(seconds=0.4)
        journal.settle([ended(claims[1], REFUSED)])
        clock.go_on(seconds=1)
        journal.settle([ended(claims[2], UNCERTAIN)])
        clock.go_on(seconds=3)
        journal.settle([ended(claims[3])])
    clock.go_on(days=1)
    with Journal(store, run.id) as journal:
        journal.settle(all_ended(journal.claim(9)[-1:]))
    samples = store.samples(run.id)
    assert [(one.second, one.requests, one.events) for one in samples] == [
        (0, 2, 20), (4, 1, 10), (5, 1, 10),
    ]  # fmt: skip
    assert [(one.median_ms, one.slowest_ms, one.span) for one in samples] == [(12.5, 12.5, 1)] * 3


def test_a_sample_has_the_median_of_all_answers_in_its_second(store: RunStore) -> None:
    run = made(store, 60)
    with Journal(store, run.id) as journal:
        for spent in (50, 10, 20, 30, 1000):
            journal.settle(
                [replace(ended(claim), milliseconds=spent) for claim in journal.claim(1)]
            )
        assert [(one.median_ms, one.slowest_ms) for one in store.samples(run.id)] == [(30, 1000)]
        journal.settle([replace(ended(claim), milliseconds=40) for claim in journal.claim(1)])
    assert [(one.median_ms, one.requests) for one in store.samples(run.id)] == [(35, 6)]


# Whatever the order of things

steps = st.lists(
    st.sampled_from(["claim", "confirm", "refuse", "doubt", "split", "put back", "reopen"]),
    max_size=40,
)


@settings(max_examples=50)
@given(
    steps=steps,
    choices=st.lists(st.integers(0, 9), min_size=60, max_size=60),
    count=st.integers(0, 25),
    alone=st.booleans(),
)
def test_counts_and_states_agree_with_a_plain_account(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[str],
    choices: list[int],
    count: int,
    alone: bool,
) -> None:
    store = RunStore(tmp_path_factory.mktemp("runs") / "runs.sqlite3", StandingClock())
    run = made(store, count, BatchOptions(one_each=alone, most_events=6))
    account = {uuid_of(number): "waiting" for number in range(1, count + 1)}
    journal, air = Journal(store, run.id), []
    journal.open()
    chosen = iter(choices)
    for step in steps:
        at = next(chosen) % len(air) if air else 0
        match step:
            case "claim":
                for claim in journal.claim(1 + next(chosen, 0) % 3):
                    air.append(claim)
                    for uuid in uuids(claim.body):
                        assert account[uuid] in {"waiting", "uncertain"}
                        account[uuid] = "sending"
            case "confirm" | "refuse" | "doubt" if air:
                claim = air.pop(at)
                states = {"confirm": CONFIRMED, "refuse": REFUSED, "doubt": UNCERTAIN}
                journal.settle([ended(claim, states[step])])
                account |= dict.fromkeys(uuids(claim.body), states[step].name.lower())
            case "split" if air and air[at].events > 1:
                air += journal.split(air.pop(at))
            case "put back" if air:
                claim = air.pop(at)
                before = journal.counts().waiting
                journal.put_back([claim])
                state = "waiting" if journal.counts().waiting > before else "uncertain"
                account |= dict.fromkeys(uuids(claim.body), state)
            case "reopen":
                journal.close()
                account |= {u: "uncertain" for u, state in account.items() if state == "sending"}
                air.clear()
                journal.open()
            case _:
                pass
    counts = Counter(account.values())
    expected = Counts(
        waiting=counts["waiting"],
        sending=counts["sending"],
        confirmed=counts["confirmed"],
        refused=counts["refused"],
        uncertain=counts["uncertain"],
    )
    found = store.run(run.id)
    assert found
    assert found.counts == journal.counts() == expected
    assert {event.uuid: event.state.value for event in store.events(run.id)} == account
    journal.close()
    store.close()


def test_no_claim_is_made_where_none_is_asked_for(store: RunStore) -> None:
    run = made(store, 25)
    with Journal(store, run.id) as journal:
        journal.claim(1)
    with Journal(store, run.id) as journal:
        assert journal.claim(0) == []
        assert [claim.tries_before for claim in journal.claim(2)] == [1, 0]


def test_a_removal_that_is_cut_off_leaves_no_tries_to_the_next_run(
    store: RunStore, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = made(store, 10), made(store, 10)
    with Journal(store, old.id) as journal:
        (claim,) = journal.claim(1)
        failed = Try(
            request=claim.request_id, number=1, at=clock.now(), status=503, words="Busy.", waits=1
        )
        journal.tried(failed)
        journal.settle([replace(ended(claim), tries=2)])

    def killed(_: float) -> None:
        if not store.requests(old.id):
            raise KeyboardInterrupt

    monkeypatch.setattr(pruning.time, "sleep", killed)
    with pytest.raises(KeyboardInterrupt):
        store.delete(old.id)
    with Journal(store, new.id) as journal:
        (again,) = journal.claim(1)
        assert again.request_id == claim.request_id  # ids are given anew
        assert store.tries(again.request_id) == []
