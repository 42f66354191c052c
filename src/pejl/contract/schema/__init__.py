"""The published JSON Schemas, and what they find wrong in a file, said in plain words."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators

from pejl.base.phrases import Phrase, either, phrase
from pejl.contract.document import Plain, Where

CONTRACT, SHARED, THEME = "resultatkontrakt-1", "faelles-1", "rapporttema-1"


@dataclass(frozen=True)
class Fault:
    """One place where the data is not as the schema says."""

    where: Where
    keyword: str  # the schema's keyword: type, enum, required, …, or x-quoted
    message: str


def schema(name: str) -> dict[str, Any]:
    """The published schema as data."""
    text = files(__name__).joinpath(f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def faults(data: Any, name: str) -> list[Fault]:
    """Everything in which ``data`` differs from the schema, in the order of the file."""
    return [
        fault for error in _validator(name).iter_errors(data) for fault in _plainly(error, data)
    ]


@lru_cache
def _validator(name: str) -> Any:
    extend: Any = validators.extend  # its stub has no types
    extended = extend(Draft202012Validator, {"x-quoted": _quoted})
    return extended(schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _quoted(validator: Any, wanted: bool, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """A text stands in quotation marks; the data knows by its type whether it did."""
    if wanted and isinstance(instance, Plain):
        yield ValidationError("stands without quotation marks")


def _plainly(error: Any, data: Any) -> Iterator[Fault]:
    where: Where = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword in ("allOf", "anyOf", "oneOf", "if") and error.context:
        nearest = max(error.context, key=lambda inner: len(inner.absolute_path))
        if keyword != "oneOf" and len(nearest.absolute_path) > len(where):
            yield from _plainly(nearest, data)
            return
    unknown, name = _unknown_keys(error), _name(where, data)
    for key in unknown:
        yield Fault(
            (*where, key),
            keyword,
            phrase("{key} is not a field of {name}", key=repr(key), name=name),
        )
    if not unknown:
        yield Fault(where, keyword, _message(error, name))


def _unknown_keys(error: Any) -> list[str]:
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        return []
    return [key for key in error.instance if key not in error.schema.get("properties", {})]


def _message(error: Any, name: str) -> str:
    """What is wrong in the words of the file, not of the schema."""
    given, wanted = error.instance, error.validator_value
    says: dict[str, Callable[[], str]] = {
        "required": lambda: phrase("{name} has no {field}", name=name, field=repr(_missing(error))),
        "type": lambda: phrase(
            "{name} is {given}, not {wanted}", name=name, given=repr(given), wanted=_kinds(wanted)
        ),
        "enum": lambda: phrase(
            "{name} is {given}, not one of {wanted}",
            name=name,
            given=repr(given),
            wanted=list(map(str, wanted)),
        ),
        "const": lambda: phrase(
            "{name} is {given}, not {wanted}", name=name, given=repr(given), wanted=wanted
        ),
        "pattern": lambda: phrase(
            "{name} {given} is not written as it must be ({wanted})",
            name=name,
            given=repr(given),
            wanted=wanted,
        ),
        "format": lambda: phrase(
            "{name} {given} is not a date that exists, as 2024-12-31", name=name, given=repr(given)
        ),
        "minLength": lambda: phrase("{name} is empty", name=name),
        "minItems": lambda: phrase("{name} is empty", name=name),
        "minProperties": lambda: phrase("{name} is empty", name=name),
        "x-quoted": lambda: phrase(
            "the text {text} stands without quotation marks", text=repr(str(given))
        ),
        "oneOf": lambda: phrase(
            "{name} must have exactly one of {fields}", name=name, fields=_choices(wanted)
        ),
        "not": lambda: phrase("{name} says who decided, but its state is open", name=name),
    }
    keyword = str(error.validator)
    return (
        says[keyword]()
        if keyword in says
        else phrase("{name}: {message}", name=name, message=error.message)
    )


def _missing(error: Any) -> str:
    return str(next(key for key in error.validator_value if key not in error.instance))


def _kinds(wanted: Any) -> Phrase:
    names = {
        "object": phrase("a mapping"),
        "array": phrase("a list"),
        "string": phrase("a text"),
        "number": phrase("a number"),
        "integer": phrase("a whole number"),
        "boolean": phrase("true or false"),
    }
    return either([names[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted)])


def _choices(wanted: Any) -> str:
    return ", ".join(repr(key) for choice in wanted for key in choice.get("required", []))


def _name(where: Where, data: Any) -> str:
    """The entry as one would point at it, ``goals.guidance.target.op``: by id, not by position."""
    names = []
    for step in where:
        data = data[step]
        id_ = data.get("id") if isinstance(step, int) and isinstance(data, dict) else None
        names.append(str(step if id_ is None else id_))
    return ".".join(names) or phrase("the file")
