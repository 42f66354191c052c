"""A contract's data in the types and the order that its schema gives: texts, words, numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pejl.contract.document import Plain
from pejl.contract.schema import CONTRACT, schema

Node = Mapping[str, Any]


def typed(data: Any) -> Any:
    """The same data: texts as str, ids and dates as ``Plain``, fields in the schema's order.

    Data from a form or from JSON knows nothing of quotation marks; the schema does. What the schema
    leaves free (``from`` and ``to`` of an amendment) keeps the types that it has.

    Examples
    --------
    >>> made = typed({"contract": {"hub_name": "Huset", "id": "hus-2027"}})
    >>> [(key, type(value).__name__) for key, value in made["contract"].items()]
    [('id', 'Plain'), ('hub_name', 'str')]
    """
    whole = schema(CONTRACT)
    return _Types(whole["$defs"]).of(data, whole)


class _Types:
    """Walks the data and its schema side by side."""

    def __init__(self, definitions: Node) -> None:
        self.definitions = definitions

    def of(self, value: Any, node: Node) -> Any:
        node = self._resolved(node)
        if "anyOf" in node:  # a condition: every word in it is a value of a column, or an operator
            return _worded(value)
        if isinstance(value, Mapping):
            return self._mapping(value, node)
        if isinstance(value, list | tuple):
            return [self.of(inner, node.get("items", {})) for inner in value]
        return _scalar(value, node)

    def _mapping(self, value: Mapping[Any, Any], node: Node) -> dict[str, Any]:
        fields, free = node.get("properties", {}), node.get("additionalProperties")
        other = free if isinstance(free, Mapping) else {}
        ordered = [key for key in fields if key in value]
        ordered += [key for key in value if key not in fields]
        return {str(key): self.of(value[key], fields.get(key, other)) for key in ordered}

    def _resolved(self, node: Node) -> Node:
        """The definition that the node stands for."""
        if "$ref" in node:
            return self._resolved(self.definitions[node["$ref"].rsplit("/", 1)[-1]])
        if "properties" not in node and "allOf" in node:
            return self._resolved(node["allOf"][0])
        if "properties" not in node and "then" in node:
            return self._resolved(node["then"])
        return node


def _scalar(value: Any, node: Node) -> Any:
    if isinstance(value, date):
        return Plain(value.isoformat())
    if not isinstance(value, str) or not node or set(node) == {"description"}:
        return value
    return str(value) if node.get("x-quoted") else Plain(value)


def _worded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _worded(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_worded(inner) for inner in value]
    return Plain(value) if isinstance(value, str) else value
