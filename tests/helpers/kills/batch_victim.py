"""The real window as a victim: it imports a file, sends it, and is killed in the middle.

Arguments: the profile, the server's address, the file. Prints how many events are confirmed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import composer.app
from composer.app import App
from composer.services.ports.batch_jobs import RunProgress
from tests.helpers.batch_window import aim, begin_run, import_file


class SendingApp(App):
    """The app, with a person who begins at once."""

    has_begun = False

    def start_services(self) -> None:
        super().start_services()
        if self.has_begun:  # it is called twice
            return
        self.has_begun = True
        self.bench.runs.changed.connect(self._tell)
        self.bench.tasks.start(self._send(), "send a file")

    async def _send(self) -> None:
        _, _, address, path = sys.argv
        aim(self, address, most_events=20, workers=4)
        await import_file(self, Path(path))
        await begin_run(self, answer="Send anyway")

    def _tell(self) -> None:
        progress: RunProgress | None = self.bench.runs.progress
        if progress is not None and progress.counts.confirmed:
            sys.stdout.write(f"{progress.counts.confirmed}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    composer.app.App = SendingApp
    sys.exit(composer.app.main(Path(sys.argv[1])))
