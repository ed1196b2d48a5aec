"""Makes ``python -m composer`` the same as the command ``event-composer``."""

import sys

from composer.cli import main

if __name__ == "__main__":
    sys.exit(main())
