"""The tests' days, and the 2024 contract with another target: text, quote and number alike."""

import hashlib
from datetime import date
from pathlib import Path

from pejl_hub.contracts import actions

DAY, JUNE = date(2023, 12, 1), date(2024, 6, 30)
SOURCE = "source/resultatkontrakt-2024.txt"


def with_articles(folder: Path, number: int) -> tuple[bytes, dict[str, bytes]]:
    """The contract of the folder with so many press articles promised, and the text it quotes."""
    yaml, text = (folder / "2024.yaml").read_bytes(), (folder / SOURCE).read_bytes()
    old, new = b"I alt 50 presseartikler", b"I alt %d presseartikler" % number
    changed, name = text.replace(old, new), f"source/med-{number}.txt"
    for was, now in (
        (old, new),
        (b"{value: 50,", b"{value: %d," % number),
        (SOURCE.encode(), name.encode()),
        (hashlib.sha256(text).hexdigest().encode(), hashlib.sha256(changed).hexdigest().encode()),
    ):
        assert yaml.count(was) == 1
        yaml = yaml.replace(was, now)
    return yaml, {name: changed}


def draft_with_articles(folder: Path, number: int):
    """A draft of that contract."""
    yaml, texts = with_articles(folder, number)
    return actions.start_draft(yaml=yaml, texts=texts, by=None)
