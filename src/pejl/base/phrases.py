"""Phrases that can be said in another language: the English words, and what they are made of.

The library says everything in English. A phrase remembers its template and its parts, so that
whoever shows it can look the template up among translations, and fill the same parts in.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Data = dict[str, Any]


class Phrase(str):
    """English words that know their template and parts; to everything else a plain text."""

    template: str
    parts: Mapping[str, Any]


def phrase(template: str, /, **parts: Any) -> Phrase:
    """The template with its parts filled in, as ``str.format`` does; a list is joined by commas.

    Examples
    --------
    >>> found = phrase("the file {name} with {columns}", name="a.csv", columns=["Navn", "CVR"])
    >>> found
    'the file a.csv with Navn, CVR'
    >>> in_words(found, {"the file {name} with {columns}": "filen {name} med {columns}"}.get)
    'filen a.csv med Navn, CVR'
    """
    made = Phrase(_filled(template, parts, str))
    made.template, made.parts = template, parts
    return made


def either(words: Sequence[str]) -> Phrase:
    """The words with "or" between each.

    Examples
    --------
    >>> either(["a text", "a number", "a list"])
    'a text or a number or a list'
    """
    said = phrase("{words}", words=words[0])
    for word in words[1:]:
        said = phrase("{one} or {other}", one=said, other=word)
    return said


def without(said: str, words: str) -> str:
    """What is said, with words taken out of its parts, such as a folder that is nobody's business.

    Examples
    --------
    >>> without(phrase("the file {path}", path="/tmp/x/a.yaml"), "/tmp/x/")
    'the file a.yaml'
    """
    if not isinstance(said, Phrase):
        return said.replace(words, "")
    return phrase(said.template, **{k: _without(v, words) for k, v in said.parts.items()})


def in_words(said: object, template: Callable[[str], str | None]) -> str:
    """What is said, with each template translated; a plain text stays as it is.

    A phrase within a phrase is translated too. ``template`` gives a template's translation.
    """
    if not isinstance(said, Phrase):
        return str(said)
    translated = template(said.template) or said.template
    return _filled(translated, said.parts, lambda part: in_words(part, template))


def as_data(said: str) -> Data | str:
    """The phrase as plain data, fit for JSON; a plain text is itself.

    Examples
    --------
    >>> as_data(phrase("at most {most} rows", most=7))
    {'template': 'at most {most} rows', 'parts': {'most': '7'}}
    """
    if not isinstance(said, Phrase):
        return str(said)
    return {"template": said.template, "parts": {k: _plain(v) for k, v in said.parts.items()}}


def from_data(data: Any) -> str:
    """The phrase of what ``as_data`` gave, or the plain text."""
    if not isinstance(data, Mapping):
        return str(data)
    return phrase(data["template"], **{k: _again(v) for k, v in data["parts"].items()})


def _filled(template: str, parts: Mapping[str, Any], said: Callable[[Any], str]) -> str:
    """Without parts, a template may hold braces of its own."""
    if not parts:
        return template
    return template.format(**{name: _text(part, said) for name, part in parts.items()})


def _text(part: Any, said: Callable[[Any], str]) -> str:
    return ", ".join(map(said, part)) if isinstance(part, list | tuple) else said(part)


def _without(part: Any, words: str) -> Any:
    if isinstance(part, list | tuple):
        return [_without(each, words) for each in part]
    return without(part if isinstance(part, str) else str(part), words)


def _plain(part: Any) -> Any:
    return [_plain(each) for each in part] if isinstance(part, list | tuple) else as_data(part)


def _again(part: Any) -> Any:
    return [_again(each) for each in part] if isinstance(part, list) else from_data(part)
