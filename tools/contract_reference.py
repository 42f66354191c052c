"""Write the tables of docs/reference/contract-file.md from the schema and the rules."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pejl.contract.rules import RULES
from pejl.contract.schema import CONTRACT, schema

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "contract-file.md"
# The objects of the schema in the order of the file, and how the page calls them.
OBJECTS = {
    "": "The file",
    "head": "contract",
    "clause": "clauses: each clause",
    "goal": "goals: each goal",
    "target": "target",
    "target_value": "target: each number",
    "measure": "measure",
    "interpretation": "interpretations: each question",
    "duty": "duties: each duty",
    "disclosure": "disclosure: each minimum",
    "amendment": "amendments: each amendment",
}


def page(text: str) -> str:
    """The page with its tables made anew."""
    text = _between(text, "fields", "\n".join(fields()))
    return _between(text, "rules", "\n".join(rules()))


def fields() -> Iterator[str]:
    """A table of fields for each object of the schema."""
    whole = schema(CONTRACT)
    for name, title in OBJECTS.items():
        definition = whole["$defs"][name] if name else whole
        yield f"\n### {title}\n\n| field | what it is |\n|---|---|"
        for key, entry in properties(definition):
            yield f"| {key} | {described(entry)} |"


def properties(definition: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each field, and those of an object or a list of objects within it; required ones bold."""
    required = definition.get("required", ())
    for key, entry in definition["properties"].items():
        name = f"`{prefix}{key}`"
        yield (f"**{name}**" if key in required else name), entry
        inner = entry.get("items", entry)
        if "properties" in inner and key != "parts":
            yield from properties(inner, f"{prefix}{key}.")


def described(entry: dict[str, Any]) -> str:
    """The field's description and the words that it may hold."""
    words = entry.get("enum", ())
    if "$ref" in entry:
        target = schema(CONTRACT)["$defs"][entry["$ref"].rsplit("/", 1)[-1]]
        words = target.get("enum", target.get("items", {}).get("enum", ()))
    listed = ", ".join(f"`{word}`" for word in words)
    return f"{entry['description']}{f' One of {listed}.' if listed else ''}".replace("|", "\\|")


def rules() -> Iterator[str]:
    """A table of the rules."""
    yield "\n| rule | says | when it is broken |\n|---|---|---|"
    for rule in RULES:
        example = f"[`{rule.id}`](../../tests/spec/contract/bad/{rule.id}.yaml)"
        yield f"| {example} | {rule.says} | {rule.remedy} |"


def _between(text: str, name: str, made: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(f"{begin}.*?{end}", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n{made}\n\n{end}", text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
