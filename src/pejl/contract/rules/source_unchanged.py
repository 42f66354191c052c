"""The text that was quoted is the text that lies there."""

import hashlib
from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """The source and each amendment's document against the hash that the file names."""
    contract = draft.adopted
    where: Where = ("contract", "source")
    yield from _compare(draft, contract.source_file, contract.source_sha256, where)
    for patch in contract.amendments:
        where = draft.entry("amendments", patch.id)
        yield from _compare(draft, patch.document, patch.sha256, where)


def _compare(draft: Draft, name: str, promised: str, where: Where) -> Iterator[Problem]:
    raw = draft.texts.get(name)
    if raw is None:
        yield Problem(where, phrase("the file {name} cannot be read", name=name))
        return
    actual = hashlib.sha256(raw).hexdigest()
    if actual != promised:
        message = phrase(
            "{name} has the SHA-256 {hash}, not the one that stands here", name=name, hash=actual
        )
        yield Problem((*where, "sha256"), message)


RULE = Rule(
    "source_unchanged",
    "The source text, and each amendment's document, has the SHA-256 that the file names.",
    phrase(
        "Find out why the text changed; when the new text is right, quote it anew and put its "
        "SHA-256 here."
    ),
    check,
)
