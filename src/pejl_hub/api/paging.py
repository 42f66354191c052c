"""Which page of a long answer is asked for."""

from typing import Annotated

from pydantic import Field

# No answer has so many; a database counts no further than 2 to the 63rd.
Page = Annotated[int, Field(ge=1, le=1_000_000)]
