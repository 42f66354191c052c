"""What the reports' tests share: a drawn year, counted once, as seen inside and outside."""

from datetime import date

import pytest
from benchmarks.synthesis import synthesise

from pejl.contract.load import load
from pejl.reports.gathering import Counting, inside, outside, own_masks
from pejl.reports.material import Comment, Effort, EffortNote
from tests.command import ROOT

DAY, BEFORE = date(2024, 6, 30), date(2024, 5, 31)
# The longest name, the largest municipality, an island, and one that has next to nothing.
PLACES = ("173", "101", "400", "155")

COMMENTS = (
    Comment("Efteråret har flere events end foråret.", "Alice", "Bob", "event_participants"),
    Comment("Samarbejdet med jobcentret er udvidet.", "Alice", "Bob", None, "173"),
    Comment("Året går som ventet.", "Charlie", "Bob"),
)
EFFORTS = (
    Effort(
        "effort_digital",
        "AI Boost",
        "at_risk",
        ("DTU", "KU"),
        (("Aftale", date(2024, 3, 1), date(2024, 2, 20)), ("Pilot", date(2024, 9, 1), None)),
        (EffortNote(date(2024, 6, 1), "at_risk", "Piloten begynder i august.", "Sygdom."),),
    ),
)


@pytest.fixture(scope="package")
def contract():
    return load(ROOT / "contracts/hovedstaden/2024.yaml")


@pytest.fixture(scope="package")
def counting(contract, tmp_path_factory):
    return Counting(contract, synthesise(tmp_path_factory.mktemp("drawn"), contract, 4000), DAY)


@pytest.fixture(scope="package")
def earlier(counting):
    return Counting(counting.contract, counting.snapshot, BEFORE)


@pytest.fixture(scope="package")
def material(counting, earlier):
    """What the house knows."""
    return inside(counting, places=PLACES, before=earlier, comments=COMMENTS, efforts=EFFORTS)


@pytest.fixture(scope="package")
def view(counting):
    return own_masks(counting)


@pytest.fixture(scope="package")
def published(counting, earlier, view):
    """What readers outside the house may see."""
    return outside(
        counting,
        view,
        places=PLACES,
        before=earlier.standing(None, view),
        comments=COMMENTS,
        efforts=EFFORTS,
        edition="7",
    )


@pytest.fixture(scope="package")
def documents(material, published):
    """Every document, by a name of its own."""
    from pejl.reports.documents import DOCUMENTS

    made = {}
    for name, kind in DOCUMENTS.items():
        known = published if kind.outside else material
        for place in PLACES if kind.placed else (None,):
            made[f"{name}-{place}" if place else name] = kind.build(known, place=place)
    return made
