"""Measures and prints the tables of ``tests/bench/README.md``; words: start, keys, sends."""

from __future__ import annotations

import sys

from tests.bench import start
from tests.helpers import surroundings

__all__ = ["surroundings"]

PARTS = ("start", "keys", "sends")


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
