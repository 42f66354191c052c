"""Every address of the house, its parts filled in with what the world holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
SLUGS = (
    *("guidance", "awareness", "special_efforts", "artikler", "visninger", "nyhedsbrev"),
    *("vejledninger", "virksomheder", "personer", "medlemmer", "poster", "noter", "milepaele"),
    *("felter", "status", "escrm", "arrangementer", "programmer", "priority_area", "channel"),
)
MOST = 12  # ways to fill in one address


@dataclass(frozen=True)
class Address:
    """A route as Django has it, and its name."""

    route: str
    name: str

    @property
    def parts(self) -> list[str]:
        """The names of what has to be filled in."""
        return [name for _, name in PART.findall(self.route)] + [
            name for name, _ in GROUP.findall(self.route)
        ]


def addresses() -> list[Address]:
    """All of them, but those of the API: its keys are another door."""
    return [one for one in _walk(get_resolver()) if not one.route.startswith("api/v1")]


def _walk(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield Address(route, f"{space}{pattern.name}")
        else:
            yield from _walk(
                pattern, route, f"{pattern.namespace}:" if pattern.namespace else space
            )


def filled(address: Address, world: dict[str, list[str]]) -> Iterator[str]:
    """The address with each of a few things in its parts; once when it has none."""
    route = address.route.replace("\\.", ".")
    plain = [(f"<{k}:{n}>" if k else f"<{n}>", world[k or "str"]) for k, n in PART.findall(route)
             if f"(?P<{n}>" not in route]  # fmt: skip
    groups = [(f"(?P<{n}>{p})", _fitting(n, p, world)) for n, p in GROUP.findall(route)]
    holes = plain + groups
    for choice in islice(product(*(values for _, values in holes)), MOST):
        made = route
        for (hole, _), value in zip(holes, choice, strict=True):
            made = made.replace(hole, value, 1)
        yield "/" + made


def _fitting(name: str, pattern: str, world: dict[str, list[str]]) -> list[str]:
    if "|" in pattern:
        return [word for word in pattern.split("|") if word != "pdf"]
    return ["1", "2"] if "0-9" in pattern else world["uuid"] if name == "key" else ["guidance"]


def the_world() -> dict[str, list[str]]:
    """What stands in addresses, by kind of part."""
    keys = [str(value) for model in apps.get_models() for value in _uuids(model)]
    words = ["10000009", "csv", "xlsx", *_tokens()]
    return {"int": ["1", "2"], "uuid": keys[:6] or ["0" * 32], "slug": list(SLUGS), "str": words,
            "secret": _tokens() or ["x" * 22]}  # fmt: skip


def _uuids(model: type[models.Model]) -> list[Any]:
    if not isinstance(model._meta.pk, models.UUIDField):
        return []
    return list(model._base_manager.values_list("pk", flat=True)[:2])


def _tokens() -> list[str]:
    """Whatever the world has that stands in a link of its own."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name in ("token", "secret", "code") and model.__module__.startswith(
                "pejl_hub."
            ):
                found += [
                    str(v) for v in model._base_manager.values_list(field.name, flat=True)[:2]
                ]
    return [token for token in found if token.isascii() and token.isalnum()]
