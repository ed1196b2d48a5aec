"""Prints the tables of what many events cost; whether every limit is kept."""

from __future__ import annotations

from tests.bench import batch, batch_memory, batch_window, inside


def tell() -> bool:
    """All four tables; the window's comes first, while this process is still small."""
    window = inside.run(batch_window.measure)
    within = tell_window(window)
    within = tell_memory() and within
    within = tell_race() and within
    return tell_singles() and within


def tell_window(window: batch_window.Window) -> bool:
    """How long the window does not answer, and how much it grows."""
    print("| the window meanwhile | longest wait | of an idle process | busy at most |")
    print("|---|---|---|---|")
    for one in window.stalls:
        times = f"{one.longest:.0f} ms | {one.idle:.0f} ms | {one.busy:.0f} ms"
        print(f"| {one.case} | {times} |")
    within = all(one.is_within for one in window.stalls)
    limit = f"Limit: {batch_window.STALL_LIMIT_MS:g} ms beyond the idle process's"
    _conclude(limit, within=within)
    print("| memory of the window | growth |")
    print("|---|---|")
    print(f"| {batch.ROWS:,} events in the table, looked through | {_kilobytes(window)} an event |")
    print(f"| a run of all of them | {window.megabytes_of_run:.1f} MB |")
    is_small = window.row_kilobytes <= batch_window.ROW_LIMIT_KB
    _conclude(f"Limit: {batch_window.ROW_LIMIT_KB:g} KB an event", within=is_small)
    return within and is_small


def tell_memory() -> bool:
    """What the command takes at its peak."""
    found = batch_memory.measure()
    print("| memory of event-composer batch | at its peak |")
    print("|---|---|")
    for peak in found.peaks:
        print(f"| {peak.case} | {peak.megabytes:.1f} MB |")
    print(f"| **growth** | {found.row_kilobytes:.2f} KB a row |")
    limits = (
        f"Limits: {batch_memory.ROW_LIMIT_KB:g} KB a row, {batch_memory.REQUEST_LIMIT_MB:g} MB for "
        "ten times as many requests"
    )
    _conclude(limits, within=found.is_within)
    return found.is_within


def tell_race() -> bool:
    """All senders of the same events."""
    found = batch.race()
    print(f"| {batch.ROWS:,} events of a CSV file | from opening it | events a second | process |")
    print("|---|---|---|---|")
    for one in found.senders:
        rate = f"{batch.ROWS / one.seconds:,.0f}"
        print(f"| {one.name} | {one.seconds:.2f} s | {rate} | {one.process_seconds:.2f} s |")
    print("\n| event-composer batch is | ratio | limit |")
    print("|---|---|---|")
    for ratio in found.ratios:
        limit = f"{'at most' if ratio.is_most else 'at least'} {ratio.limit:g}"
        print(f"| {ratio.case} | {ratio.times:.2f} times | {limit if ratio.limit else 'none'} |")
    within = all(ratio.is_within for ratio in found.ratios)
    _conclude("Limits", within=within)
    return within


def tell_singles() -> bool:
    """One event a request."""
    found = batch.singles()
    print("| one event a request | requests a second |")
    print("|---|---|")
    for one in found:
        print(f"| {one.name} | {one.rate:,.0f} |")
    ours, *others = found
    ratio = ours.rate / max(one.rate for one in others)
    print(f"| **ratio** to the quicker one | {ratio:.2f} times |")
    within = ratio >= batch.BRUNO_LIMIT
    _conclude(f"Limit: {batch.BRUNO_LIMIT:g} times", within=within)
    return within


def _kilobytes(window: batch_window.Window) -> str:
    return f"{window.row_kilobytes:.2f} KB"


def _conclude(limits: str, *, within: bool) -> None:
    print(f"\n{limits}: {'kept' if within else 'MISSED'}.\n", flush=True)
