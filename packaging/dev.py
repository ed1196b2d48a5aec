"""The one entry for people who work on Event Composer: set up, start, test.

    python3 packaging/dev.py run      start the app; words after it are passed on
    python3 packaging/dev.py test     every check, then every test; words after it go to pytest

Needs a bare checkout, Python 3.11 or newer and nothing else: what is missing is installed or named.
This file must stay readable for any Python 3, so that an old one gets a sentence and no traceback;
the work is done in devtools/ beside it.
"""

import sys

OLDEST_PYTHON = (3, 11)


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        print(
            "Event Composer needs Python %d.%d or newer, and this is Python %d.%d. "
            "Install a newer one from your system's packages or from python.org, "
            "then start this script with it." % (OLDEST_PYTHON + sys.version_info[:2]),
            file=sys.stderr,
        )
        return 1
    from devtools import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
