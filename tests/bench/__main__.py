"""Measures and prints the tables of ``tests/bench/README.md``, all or those of ``PARTS``."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tests.bench import start
from tests.bench.costs import Cost
from tests.helpers import surroundings

__all__ = ["surroundings"]

PARTS = ("start", "keys", "sends", "verdicts", "commands", "history", "batch", "sandbox")


def main(words: list[str]) -> int:
    """Returns 1 if a limit is missed; every part is measured if none is named."""
    unknown = [word for word in words if word not in PARTS]
    if unknown:
        print(f"No such part: {', '.join(unknown)}. There are: {', '.join(PARTS)}")
        return 2
    parts = words or PARTS
    within = tell_start() if "start" in parts else True
    if "keys" in parts:
        tell_keys()
    if "sends" in parts:
        tell_sends()
    if "verdicts" in parts:
        within = tell_verdicts() and within
    if "commands" in parts:
        within = tell_commands() and within
    if "history" in parts:
        within = tell_history() and within
    if "batch" in parts:
        within = tell_batch() and within
    if "sandbox" in parts:
        within = tell_sandbox() and within
    return 0 if within else 1


def tell_start() -> bool:
    print("| platform | window | to the first paint | at rest |")
    print("|---|---|---|---|")
    compared = start.compare()
    for found in compared:
        for name, one in (("bare", found.bare), ("Event Composer", found.app)):
            milliseconds = 1000 * one.seconds
            print(f"| {found.platform} | {name} | {milliseconds:.0f} ms | {one.megabytes:.0f} MB |")
        ratios = f"{found.time_ratio:.2f} times | {found.memory_ratio:.2f} times"
        print(f"| {found.platform} | **ratio** | {ratios} |")
    within = all(found.is_within for found in compared)
    limits = f"{start.TIME_LIMIT:g} times the time, {start.MEMORY_LIMIT:g} times the memory"
    print(f"\nLimits: {limits}: {'kept' if within else 'MISSED'}.\n", flush=True)
    return within


def tell_keys() -> None:
    from tests.bench import inside, keystrokes

    print("| a keystroke in | median | worst of 200 |")
    print("|---|---|---|")
    for found in inside.run(keystrokes.measure):
        print(f"| {found.place} | {found.middle:.1f} ms | {found.worst:.1f} ms |")
    print(flush=True)


def tell_sends() -> None:
    from tests.bench import inside, sends

    found = inside.run(sends.measure)
    print("| 1,000 sends to the sandbox | |")
    print("|---|---|")
    print(f"| accepted | {found.accepted:,} |")
    print(f"| time | {found.seconds:.1f} s, {found.seconds:.1f} ms a send |")
    print(f"| growth of memory | {found.kilobytes / 1000:.1f} MB, history and sandbox included |")
    print(f"| tasks and widgets left behind | {found.tasks} and {found.widgets} |", flush=True)


def tell_verdicts() -> bool:
    from tests.bench import verdicts

    return tell_costs("judged", verdicts.measure())


def tell_commands() -> bool:
    from tests.bench import commands

    return tell_costs("written or read", commands.measure())


def tell_history() -> bool:
    from tests.bench import history

    return tell_costs("with 100,000 sends", history.measure())


def tell_batch() -> bool:
    from tests.bench import batch_tables

    return batch_tables.tell()


def tell_costs(title: str, costs: Iterable[Cost]) -> bool:
    """Print a line for each; whether all are within their limits."""
    within = True
    print(f"| {title} | median | worst | limit |")
    print("|---|---|---|---|")
    for found in costs:
        limit = f"{found.limit:.0f} ms" if found.limit else "none"
        print(f"| {found.case} | {found.middle:.1f} ms | {found.worst:.1f} ms | {limit} |")
        within = within and found.is_within
    print(f"\nLimits: {'kept' if within else 'MISSED'}.\n", flush=True)
    return within


def tell_sandbox() -> bool:
    from tests.bench import sandbox

    found = sandbox.rate()
    print("| requests a second, of single events | |")
    print("|---|---|")
    print(f"| {found.client}, median | {found.middle:,.0f} |")
    print(f"| the best of {sandbox.RUNS} runs | {found.best:,.0f} |")
    print(f"| processor time of one | {1e6 * found.cost:.0f} µs |")
    print(f"\nLimit: {sandbox.LIMIT:,}: {'kept' if found.is_within else 'MISSED'}.\n", flush=True)
    sent = sandbox.volume()
    print("| 1 GB of JSON | |")
    print("|---|---|")
    print(f"| accepted | {sent.requests:,} requests in {sent.seconds:.0f} s |")
    print(f"| memory before | {sent.before:.0f} MB |")
    print(f"| after half of it | {sent.middle:.0f} MB |")
    print(f"| after all of it | {sent.after:.0f} MB |\n", flush=True)
    print("| meanwhile judged | longest wait of the window | answered in |")
    print("|---|---|---|")
    for one in sandbox.stalls():
        print(f"| {one.case} | {1000 * one.longest:.0f} ms | {one.answered:.1f} s |", flush=True)
    return found.is_within


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
