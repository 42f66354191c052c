"""``python -m pejl_hub.cli``: the command where no script stands beside the program."""

from pejl_hub.cli import main

main()
