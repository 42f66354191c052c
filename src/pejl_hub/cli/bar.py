"""How far long work has come: a bar on stderr, and nothing where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str, float], None]


@contextmanager
def bar(title: str) -> Iterator[Say]:
    """A bar; call what it gives with a few words and the share done, from 0 to 1."""
    # Not above: every command reads this module, and most of them show no bar.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    hidden = not console.is_terminal
    with Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True, disable=hidden
    ) as shown:
        task = shown.add_task(title, total=1.0)
        yield lambda words, share: shown.update(
            task, description=f"{title}: {words}", completed=share
        )
