"""For any edits: the file that is written says what was edited, and writing again adds nothing."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.contract.document import Plain, document_of, read_document
from pejl.contract.write import rewrite, write
from tests.spec.contract import HOVEDSTADEN, SMALL

FILES = {path: (path.read_bytes(), read_document(path).data) for path in (SMALL, HOVEDSTADEN)}
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True)
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2)
TEXTS = st.text(min_size=1) | st.text("ab \"\\'#:{}[]\n\t\u2028é", min_size=1, max_size=300)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to each scalar."""
    if isinstance(data, dict):
        return [leaf for key, inner in data.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(data, list):
        return [leaf for at, inner in enumerate(data) for leaf in leaves(inner, (*path, at))]
    return [path]


def holder(data: Any, path: tuple[Any, ...]) -> Any:
    """The mapping or list that holds the entry at the path's end."""
    for step in path[:-1]:
        data = data[step]
    return data


@st.composite
def edits(draw: st.DrawFn, data: Any) -> Any:
    """The data after up to four edits: another scalar, an entry less, a goal or clause more."""
    data = deepcopy(data)
    for kind in draw(st.lists(st.sampled_from(("scalar", "scalar", "less", "goal", "clause")))):
        path = draw(st.sampled_from(leaves(data)))
        if kind == "scalar":
            holder(data, path)[path[-1]] = another(draw, holder(data, path)[path[-1]])
        elif kind == "less" and len(data["goals"]) > 1:
            data["goals"].pop(draw(st.integers(0, len(data["goals"]) - 1)))
        elif kind == "goal":
            at = draw(st.integers(0, len(data["goals"])))
            goal = deepcopy(draw(st.sampled_from(data["goals"])))
            data["goals"].insert(at, {**goal, "id": Plain(draw(IDS) + "-new")})
        else:
            data["clauses"][f"K99.{draw(st.integers(0, 99))}"] = {
                "heading": draw(TEXTS),
                "quote": draw(TEXTS),
            }
    return data


def another(draw: st.DrawFn, old: Any) -> Any:
    """Another scalar of the same type."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, int | Decimal):
        return draw(NUMBERS)
    return Plain(draw(IDS)) if isinstance(old, Plain) else draw(TEXTS)


some = settings(max_examples=15, deadline=None)


@some
@given(st.data())
def test_what_is_edited_is_what_is_read(draws: st.DataObject) -> None:
    for path, (raw, data) in FILES.items():
        edited = draws.draw(edits(data))
        written = rewrite(raw, edited)
        read = document_of(written, path)
        assert read.oddities == ()
        assert read.data == edited
        assert rewrite(written, read.data) == written
        assert write(document_of(write(edited), path).data) == write(edited)


@some
@given(st.data())
def test_another_number_changes_only_its_own_line(draws: st.DataObject) -> None:
    raw, data = FILES[HOVEDSTADEN]
    numbers = [
        path for path in leaves(data) if type(holder(data, path)[path[-1]]) in (int, Decimal)
    ]
    edited = deepcopy(data)
    path = draws.draw(st.sampled_from(numbers))
    holder(edited, path)[path[-1]] = draws.draw(NUMBERS)
    before, after = raw.split(b"\n"), rewrite(raw, edited).split(b"\n")
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) <= 1
