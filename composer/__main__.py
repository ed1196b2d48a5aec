"""Makes ``python -m composer`` the same as the command ``event-composer``."""

import sys

from composer.cli import main

if __name__ == "__main__":
    if hasattr(sys, "frozen"):  # packed into one program, which is started anew for the worker
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
