"""``python -m pejl_effects.cli``."""

import sys

from pejl_effects.cli import main

if __name__ == "__main__":
    sys.exit(main())
