"""The texts that a contract's file names beside itself."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.document import read_text

NAME = re.compile(r"[A-Za-z0-9æøåÆØÅ_][A-Za-z0-9æøåÆØÅ_. -]*")


def names_in(content: bytes) -> set[str]:
    """The relative paths of the contract's source and its amendments' documents.

    Raises
    ------
    UserError
        When the content is not UTF-8, or a path leads out of the contract's folder.
    """
    names = set(_named(read_text(decoded(content))))
    for name in names:
        require_name(name)
    return names


def decoded(content: bytes) -> str:
    """The content as text, so that encoding it again gives the same bytes; UserError if not."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(
            phrase("a file that is not text in UTF-8"), phrase("Save it as UTF-8.")
        ) from error
    if "\0" in text:
        raise _refused(phrase("a file with the character NUL"), phrase("Save it as plain text."))
    return text


def require_name(name: str) -> None:
    """UserError when the path is not one inside the contract's own folder."""
    path = PurePosixPath(name)
    parts = path.parts
    if path.is_absolute() or not parts or not all(NAME.fullmatch(part) for part in parts):
        raise UserError(
            given=phrase("the path {name}", name=name),
            needed=phrase("a path inside the contract's folder, such as source/rammeaftale.txt"),
            remedy=phrase("Correct the path in the contract's file."),
        )


def _named(data: Any) -> Iterator[str]:
    """What the file names, however much of it is well formed."""
    if not isinstance(data, dict):
        return
    head = data.get("contract")
    source = head.get("source") if isinstance(head, dict) else None
    if isinstance(source, dict) and isinstance(source.get("file"), str):
        yield str(source["file"])
    amendments = data.get("amendments")
    for one in amendments if isinstance(amendments, list) else []:
        if isinstance(one, dict) and isinstance(one.get("document"), str):
            yield str(one["document"])


def _refused(given: str, remedy: str) -> UserError:
    return UserError(given=given, needed=phrase("a contract file in YAML"), remedy=remedy)
