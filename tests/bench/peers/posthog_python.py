"""Sends the events of a CSV file with posthog-python. Arguments: file, server, events a request.

Prints the moment at which the file was opened, as ``time.monotonic`` tells it. With 0 events a
request the library's own settings count, but for the size of its queue: with the usual one, most of
the events would be thrown away.
"""

import csv
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from posthog import Posthog


def main(path: str, server: str, together: str) -> None:
    options: dict[str, Any] = {"flush_at": int(together)} if int(together) else {}
    client = Posthog("phc_benchTokenAAAA1111", host=server, max_queue_size=200_000, **options)
    print(time.monotonic(), flush=True)
    with Path(path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            client.capture(
                row["event"],
                distinct_id=row["distinct_id"],
                timestamp=datetime.fromisoformat(row["timestamp"]),
                properties={
                    "plan": row["plan"],
                    "amount": float(row["amount"]),
                    "note": row["note"],
                },
            )
    client.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
