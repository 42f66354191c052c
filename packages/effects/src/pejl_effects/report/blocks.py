"""A report as a list of blocks, the same for every output format."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text. strong : set apart, as a conclusion is."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption; cells are text, the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def wordy(self) -> tuple[bool, ...]:
        """Which columns hold words (set to the left) rather than numbers (to the right)."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.head)
        return tuple(any(cell[:1].isalpha() for cell in column) for column in columns)


@dataclass(frozen=True)
class Figure:
    """A drawing (SVG) with its caption, and the same said in words."""

    svg: str
    caption: str
    alt: str


Block = Heading | Paragraph | Table | Figure
