"""Options that several commands share."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer


class Layout(StrEnum):
    """How a result is written: for people or for programs."""

    TEXT = "text"
    JSON = "json"


AsOf = Annotated[
    datetime,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day, YYYY-MM-DD."),
]
Format = Annotated[Layout, typer.Option("--format", help="text or json")]
