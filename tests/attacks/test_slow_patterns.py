"""Text made to keep a pattern busy: every regular expression of the source, and every search.

What is bounded is the processor's time of the pattern alone, not the clock's, so that a busy
machine fails nothing. Two thousand signs that need a second are work that grows with the cube.
"""

import ast
import importlib
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pejl.surveys import themes
from pejl_hub.companies.models import Company
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.privacy.identity import Identity
from pejl_hub.sources import cells
from pejl_hub.sources.reading.sheet import Form
from pejl_hub.surveys import urls
from tests.command import ROOT

SOURCE = Path(ROOT, "src")
LONG, MOST = 2_000, 1.0  # signs, and seconds of the processor
PAGE, PAGES = 100_000, 5.0
USES = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ENDS = ("", "!", "\n", "\0", "x")


class TooSlow(Exception):
    """A pattern that is busy for longer than it may be."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """TooSlow when this process has used more of the processor than that."""

    def stop(*_given: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def calls(tree: ast.AST) -> Iterator[ast.expr]:
    """What is given as a pattern: to ``re``, a validator, a field, an address or ``pattern=``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        of_re = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
        if node.args and (
            (of_re and name in USES) or name in ("RegexValidator", "RegexField", "re_path")
        ):
            yield node.args[0]
        yield from (one.value for one in node.keywords if one.arg in ("pattern", "regex"))


def written() -> tuple[dict[str, re.Pattern], set[str]]:
    """Each pattern by where it stands; and where those stand that are put together as it runs."""
    found, made = {}, set()
    for file in sorted(SOURCE.rglob("*.py")):
        where = str(file.relative_to(SOURCE))
        for given in calls(ast.parse(file.read_text("utf-8"))):
            if isinstance(given, ast.Constant) and isinstance(given.value, str | bytes):
                found[f"{where}:{given.lineno}"] = re.compile(given.value)
            elif not isinstance(given, ast.Constant):
                made.add(where)
    return found, made


def compiled(where: str) -> dict[str, re.Pattern]:
    """The patterns that a module holds under a name, however they were put together."""
    module = importlib.import_module(where.removesuffix(".py").replace("/", "."))
    held = {}
    for name, value in vars(module).items():
        several = value.values() if isinstance(value, dict) else (value,)
        for number, one in enumerate(several):
            if isinstance(one, re.Pattern):
                held[f"{where}:{name}:{number}"] = one
    return held


def by_hand() -> dict[str, re.Pattern]:
    """Those that are made as it runs, of hostile words and of the sources' own forms."""
    word = "a-/. " * 20
    known = Identity(names=frozenset({word, "Bo Bo"}), emails=frozenset({"a@a.dk"}))
    return {
        "pejl/surveys/themes.py": re.compile(themes._pattern(word)),
        "pejl_hub/drafting/present.py": re.compile(re.escape(word), re.IGNORECASE),
        "pejl_hub/accounts/provider/groups.py": re.compile(f"{re.escape(word)}([0-9]{{3}})"),
        "pejl_hub/privacy/identity.py": known._pattern,
        "pejl_hub/sources/cells.py": re.compile(cells._digits(Form())),
        "pejl_hub/sources/cells.py: dates": cells._date_shape("dd-mm-yyyy"),
        "pejl_hub/surveys/urls.py": re.compile(urls.LINK),
    }


# Where patterns are put together as it runs, and what of them is tried.
MADE = {
    "pejl/reports/writers/numbers.py", "pejl/surveys/themes.py",
    "pejl_hub/accounts/provider/groups.py", "pejl_hub/drafting/present.py",
    "pejl_hub/events/urls.py", "pejl_hub/privacy/identity.py", "pejl_hub/sources/cells.py",
    "pejl_hub/surveys/urls.py",
}  # fmt: skip


def hostile(pattern: re.Pattern) -> Iterator[str | bytes]:
    """Each sign that the pattern speaks of, alone and in pairs, so long that it must give up."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    spoken = sorted({sign for sign in text if sign not in "\\^$?+*|"} | set("a1 .-,@/[("))[:12]
    pumps = [*spoken, *(f"{a}{b}" for a in "a1" for b in spoken), "1.", ".1", "a@", "<a", "[1"]
    for pump, end in ((pump, end) for pump in pumps for end in ENDS[:2]):
        one = pump * (LONG // len(pump)) + end
        yield one if isinstance(pattern.pattern, str) else one.encode()


def slow(pattern: re.Pattern) -> str:
    """The beginning of a text that keeps it busy for too long; nothing when there is none."""
    for text in hostile(pattern):
        try:
            with at_most(MOST):
                for use in (pattern.search, pattern.fullmatch, lambda t: pattern.sub(t[:0], t)):
                    use(text)
        except TooSlow:
            return repr(text[:20])
    return ""


def test_no_pattern_of_the_source_can_be_kept_busy():
    found, made = written()
    held = {k: v for where in made for k, v in compiled(where).items()}
    every = found | held | by_hand()
    assert len(every) > 60
    assert {where: text for where, one in every.items() if (text := slow(one))} == {}


def test_every_pattern_that_is_put_together_as_it_runs_is_known():
    assert written()[1] == MADE


@pytest.mark.parametrize("bad", [r"^(a+)+$", r"(a|a)*!?$\b", r"^(\d+\s*)+$", r"^\s+.*\s+.*\s+x$"])
def test_a_pattern_that_can_be_is_found_out(bad):
    assert slow(re.compile(bad))


@pytest.mark.parametrize("pump", ["1", "1-", "010190-", "1 ", "a"])
def test_a_text_of_a_hundred_thousand_signs_is_looked_through_for_cpr_numbers(pump):
    with at_most(MOST):
        assert not looks_like_cpr(pump * (PAGE // len(pump)))


SEARCHES = ("/soeg/", "/registre/vejledninger/")


@pytest.mark.parametrize("path", SEARCHES)
def test_a_search_of_a_hundred_thousand_letters_is_answered(signed_in, path):
    Company.objects.create(cvr="10000009", name="Anker")
    anna = signed_in("anna")
    for pump in ("a", "1 ", "æ\u0301"):
        with at_most(PAGES):
            answer = anna.get(path, {"q": pump * (PAGE // len(pump))})
        assert answer.status_code in (200, 400)


@pytest.mark.parametrize("path", SEARCHES)
def test_of_a_long_search_the_database_is_asked_no_more_than_of_a_hundred_letters(signed_in, path):
    anna, letters = signed_in("anna"), "".join(Random(1).choices("bcdfghjk", k=PAGE))
    said = []
    for asked in (letters[:100], letters):
        with CaptureQueriesContext(connection) as queries:
            anna.get(path, {"q": asked})
        said.append(" ".join(one["sql"] for one in queries))
    assert len(said[1]) <= len(said[0]) + 100
    assert letters[:101] not in said[1]
    assert letters[:3] in said[0]
