"""The command line: ``pejl-effects``. Exit 0 = done, 1 = input refused, 2 = wrong usage."""

import sys

from pejl_effects.cli.parser import parser
from pejl_effects.errors import EffectError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what the user got wrong is one sentence on stderr."""
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except EffectError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # the reader (head, less) has gone: nothing is wrong
        sys.stderr.close()
    return 0
