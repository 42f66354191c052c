"""A contract's file that grows without end, digs without end, or asks to be run."""

from pathlib import Path

import pytest

from pejl.contract.document import document_of
from pejl.contract.identity import id_in

HEAD = "contract: {id: ehhs-2024}\n"
LAUGHS = "a0: &a0 ha\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
)
RUN = "a: !!python/object/apply:os.system ['touch {place}']\n"
BOMBS = {
    "a billion laughs": (LAUGHS, {"anchor", "alias"}),
    "brackets without end": ("a: " + "[" * 100_000, {"syntax"}),
    "steps without end": ("\n".join(" " * n + "a:" for n in range(3_000)), {"syntax"}),
    "keys of keys": ("? " * 5_000 + "a", {"syntax"}),
    "merged into itself": ("a: &a\n  <<: *a\n", {"anchor", "alias"}),
    "two documents": ("a: 1\n---\na: 2\n", {"syntax"}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_named_with_its_line_and_nothing_is_resolved(name):
    text, kinds = BOMBS[name]
    read = document_of((HEAD + text).encode(), Path("kontrakt.yaml"))
    assert {oddity.kind for oddity in read.oddities} >= kinds
    assert len(repr(read.data)) < 100_000


def test_a_tag_is_told_of_and_never_obeyed(tmp_path):
    text = HEAD + RUN.format(place=tmp_path / "ran")
    assert [one.kind for one in document_of(text.encode(), Path("x.yaml")).oddities] == ["tag"]
    assert not (tmp_path / "ran").exists()


def test_a_number_of_five_thousand_digits_is_a_word_like_any():
    read = document_of((HEAD + "a: " + "9" * 5_000).encode(), Path("x.yaml"))
    assert read.data["a"] == "9" * 5_000


@pytest.mark.parametrize("name", BOMBS)
def test_the_contract_that_a_bomb_is_of_is_found_or_not_but_looked_for_in_vain_no_longer(name):
    text, _ = BOMBS[name]
    assert id_in(HEAD + text) == "ehhs-2024"
    assert id_in(text) is None
