"""What the library says in English, said in the language of the page, a file or a letter."""

from django.utils.translation import gettext, override

from pejl.base.errors import UserError
from pejl.base.phrases import Phrase, phrase
from pejl.base.phrases import in_words as filled


def in_words(said: object, language: str | None = None) -> str:
    """A phrase, or a whole refusal, in the language asked for, else in the one that is on.

    A plain text is itself: whoever wrote it has chosen its language.
    """
    if language:
        with override(language):
            return in_words(said)
    return filled(said.sentence() if isinstance(said, UserError) else said, _translated)


def named(label: object) -> Phrase:
    """The label of a choice as a phrase, to stand in another."""
    with override("en"):
        return phrase(str(label))


def _translated(template: str) -> str:
    return gettext(template) if template else ""
