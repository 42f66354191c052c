"""A hub's theme is data: its colours, logo, contact and words, refused with the line when wrong."""

import shutil
from pathlib import Path

import pytest

from pejl.base.errors import UserError
from pejl.reports.pictures import logo
from pejl.reports.theme import FILE, PLAIN, labels, load_theme
from pejl.reports.wording import label
from tests.command import ROOT
from tests.spec.reports.example import EXAMPLE

SECOND = Path(__file__).parent / "theme-2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the second hub's folder, to spoil."""
    return Path(shutil.copytree(SECOND, tmp_path / "hub"))


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new), "utf-8")


def test_a_second_hub_looks_and_speaks_in_its_own_way():
    theme = load_theme(SECOND)
    assert (theme.name, theme.colour, theme.accent) == ("Erhvervshus Ålykke", "#7a2048", "#2f7d6d")
    assert theme.contact == ("Erhvervshus Ålykke, Havnepladsen 1", "rapporter@aalykke.example")
    assert label(EXAMPLE, theme, "summary") == "Kort fortalt"
    assert label(EXAMPLE, theme, "sources") == label(EXAMPLE, PLAIN, "sources") == "Kilder"


def test_a_hub_without_a_theme_gets_the_plain_one(tmp_path):
    assert load_theme(tmp_path) is PLAIN


def test_the_theme_in_the_house_is_accepted():
    assert load_theme(ROOT / "contracts" / "hovedstaden").name == "Erhvervshus Hovedstaden"


def test_a_logo_drawn_as_svg_becomes_a_picture_for_office_programs():
    found = logo(load_theme(SECOND))
    assert (found.width, found.height) == (960, 240)
    assert found.alt == "Erhvervshus Ålykke: et fyrtårn over tre bølger"


def test_without_a_logo_there_is_no_picture():
    assert logo(PLAIN) is None


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_logo_that_is_no_picture_is_refused_by_its_name(folder, name):
    (folder / "report" / name).write_text("hverken det ene eller det andet")
    change(folder, "logo.svg", name)
    with pytest.raises(UserError, match=f"the logo {name}, which is no picture"):
        logo(load_theme(folder))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('colour: "#7a2048"', 'colour: "bordeaux"', "line 4: colour 'bordeaux' is not written"),
        ('colour: "#7a2048"', 'colour: "#d9a0b5"', r"line 4: colour #d9a0b5, .* 2\.2:1"),
        ('accent: "#2f7d6d"', 'accent: "#ffe000"', r"line 5: accent #ffe000, .* 1\.3:1"),
        ('file: "logo.svg"', 'file: "borte.svg"', "line 8: there is no file borte.svg"),
        ('file: "logo.svg"', 'file: "../logo.svg"', "line 8: .* is not written as it must be"),
        ('summary: "Kort', 'resume: "Kort', "line 13: no report has the label 'resume'"),
        ("name: ", "navn: ", "'navn' is not a field"),
        ('name: "Erhvervshus Ålykke"', "name: Erhvervshus", "stands without quotation marks"),
        ('file: "logo.svg", alt:', 'file: "logo.svg", tekst:', "'tekst' is not a field of logo"),
        ("wording:", 'templates: {docx: "brev.docx"}\nwording:', "there is no file brev.docx"),
        ("wording:", "wording: [", "the file is not YAML"),
    ],
)
def test_a_wrong_theme_is_refused_with_the_line_and_what_is_wrong(folder, old, new, said):
    change(folder, old, new)
    with pytest.raises(UserError, match=said):
        load_theme(folder)


@pytest.mark.parametrize("colour", ["#767676", "#0f4c5c"])
def test_a_colour_that_can_just_be_read_is_accepted(folder, colour):
    change(folder, "#7a2048", colour)
    assert load_theme(folder).colour == colour


def test_a_colour_that_can_just_not_be_read_is_refused(folder):
    change(folder, 'colour: "#7a2048"', 'colour: "#777777"')
    with pytest.raises(UserError, match=r"4\.5:1"):
        load_theme(folder)


def test_the_guide_names_every_label_that_can_be_worded():
    guide = (ROOT / "docs" / "how-to" / "rapport-tema.md").read_text("utf-8")
    assert [name for name in sorted(labels()) if f"`{name}`" not in guide] == []
