"""The Word document: the same figures, real headings, and a template that the hub can replace."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx as word
import pytest
from docx.oxml.ns import qn

import pejl.reports.writers as writers
from pejl.base.errors import UserError
from pejl.reports.theme import PLAIN, load_theme
from pejl.reports.writers import docx
from pejl.reports.writers.docx.template import words
from tests.command import ROOT
from tests.spec.reports.example import EXAMPLE

SECOND = Path(__file__).parent / "theme-2"
SHIPPED = Path(writers.__file__).parent / "templates" / "report.docx"


def read(content: bytes):
    return word.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def made():
    return read(docx.write(EXAMPLE, PLAIN))


def tables(made):
    """The tables of figures, apart from the facts side by side."""
    return [table for table in made.tables if table.style.name == "Rapport tabel"]


def styled(made, name: str) -> list[str]:
    return [p.text for p in made.paragraphs if p.style.name == name]


def test_each_table_says_what_the_document_says_cell_by_cell(made):
    for found, table in zip(tables(made), EXAMPLE.tables(), strict=True):
        texts = [[cell.text for cell in row.cells] for row in found.rows]
        assert texts[0] == [column.label for column in table.columns]
        assert texts[1:] == [[cell.text for cell in row] for row in table.rows]


def test_facts_stand_with_their_names(made):
    facts = next(table for table in made.tables if table.style.name == "Rapport fakta")
    assert [cell.text for cell in facts.rows[0].cells][:2] == [
        "Vejledninger\n841",
        "Andel med mindst fem ansatte\n47,2 pct.",
    ]


def test_headings_are_real_and_listed_in_the_contents_with_links_to_them(made):
    assert styled(made, "Heading 1") == [
        "Alle mål", "Kommunerne", "Særlige indsatser", "Sådan er der talt", "Opgørelsesgrundlag"
    ]  # fmt: skip
    assert styled(made, "Heading 2") == ["Året måned for måned", "Kilder"]
    names = {mark.get(qn("w:name")) for mark in made.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in made.element.iter(qn("w:hyperlink"))]
    assert len(links) == 7
    assert set(links) <= names
    codes = [code.text for code in made.element.iter(qn("w:instrText"))]
    assert codes[0] == r' TOC \o "1-2" \n \h \z '


def test_every_field_that_is_opened_is_closed(made):
    marks = [mark.get(qn("w:fldCharType")) for mark in made.element.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") > 3


def test_a_tables_head_is_repeated_and_its_rows_stay_whole(made):
    for table in tables(made):
        heads = [row for row in table.rows if row._tr.findall(f".//{qn('w:tblHeader')}")]
        assert [row._tr for row in heads] == [table.rows[0]._tr]
        assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in table.rows)


def test_pictures_and_tables_have_text_alternatives(made):
    alts = [found.get("descr") for found in made.element.iter(qn("wp:docPr"))]
    assert alts == [chart.alt for chart in EXAMPLE.charts()]
    titles = [found.get(qn("w:val")) for found in made.element.iter(qn("w:tblCaption"))]
    assert titles == [table.title for table in EXAMPLE.tables()]


def test_tables_and_figures_are_numbered_in_the_order_they_come(made):
    assert styled(made, "Caption") == [
        "Tabel 1. Mål om vejledning og tilfredshed",
        "Figur 1. 1-1 vejledninger, måned for måned",
        "Tabel 2. Ydelser efter kommune",
        "Figur 2. 1-1 vejledninger efter kommune",
        "Figur 3. Andel efter antal ansatte",
        "Tabel 3. Milepæle: Grøn omstilling & lokale fællesskaber",
    ]


def test_what_people_wrote_stands_as_their_words_with_their_names(made):
    assert styled(made, "Quote") == [
        "Havnen har sagt ja til at være vært for forløbet i efteråret."
    ]
    assert "Skrevet af Alice Dahl, godkendt af Bob Holm" in styled(made, "Rapport kilde")


def test_the_basis_tells_what_was_counted(made):
    said = "\n".join(p.text for p in made.paragraphs)
    assert f"Opgørelse: 20240630-1, SHA-256 {'a7' * 32}" in said
    assert f"aalykke-2024, SHA-256 {'5f' * 32}" in said


@pytest.mark.parametrize(("language", "code"), [("da", "da-DK"), ("en", "en-GB")])
def test_the_language_is_said_once_for_the_whole_document(language, code):
    found = read(docx.write(replace(EXAMPLE, language=language), PLAIN))
    said = {one.get(qn("w:val")) for one in found.styles.element.iter(qn("w:lang"))}
    assert said == {code}
    assert found.core_properties.language == code
    assert found.core_properties.title == EXAMPLE.title


def test_pages_are_numbered_and_carry_the_hubs_name(made):
    section = made.sections[0]
    assert section.header.paragraphs[0].text == "Erhvervshus Ålykke"
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "Status til bestyrelsen\tSide 1 af 1"
        codes = [code.text.strip() for code in footer._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_a_theme_gives_its_colours_font_words_and_logo():
    found = read(docx.write(EXAMPLE, load_theme(SECOND)))
    heading = found.styles["Heading 1"]
    assert (str(heading.font.color.rgb), heading.font.name) == ("7A2048", "Georgia")
    assert styled(found, "TOC Heading")[0] == "Kort fortalt"
    assert "rapporter@aalykke.example" in [p.text for p in found.paragraphs]
    alts = [one.get("descr") for one in found.element.iter(qn("wp:docPr"))]
    assert alts[0] == "Erhvervshus Ålykke: et fyrtårn over tre bølger"
    painted = {value for one in found.styles.element.iter() for value in one.attrib.values()}
    assert "0F4C5C" not in painted


def test_a_hubs_own_template_is_used_as_it_is(tmp_path):
    own = word.Document(SHIPPED)
    own.styles["Heading 1"].font.name = "Papyrus"
    own.paragraphs[0].insert_paragraph_before("Bilag til mødet i {{ hub_name }}")
    own.save(tmp_path / "own.docx")
    found = read(docx.write(EXAMPLE, replace(load_theme(SECOND), docx=tmp_path / "own.docx")))
    assert found.paragraphs[0].text == "Bilag til mødet i Erhvervshus Ålykke"
    assert found.styles["Heading 1"].font.name == "Papyrus"
    assert str(found.styles["Heading 2"].font.color.rgb) == "0F4C5C"
    assert len(tables(found)) == 3


def test_a_template_without_our_styles_still_carries_every_figure(tmp_path):
    bare = word.Document()
    bare.add_paragraph("{{ body }}")
    bare.save(tmp_path / "bare.docx")
    found = read(docx.write(EXAMPLE, replace(PLAIN, docx=tmp_path / "bare.docx")))
    assert "1.035" in [cell.text for table in found.tables for cell in table.rows[-1].cells]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ body }} og mere", "without the line {{ body }}"),
        ("{{ kommune }} {{ body }}", "'kommune' is undefined"),
        ("{% if %}", "in which"),
        ("{{ title.__class__.__mro__ }}", "in which"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_by_its_name(tmp_path, text, said):
    own = word.Document()
    own.add_paragraph(text)
    own.save(tmp_path / "own.docx")
    with pytest.raises(UserError) as refused:
        docx.write(EXAMPLE, replace(PLAIN, docx=tmp_path / "own.docx"))
    assert "the template own.docx" in refused.value.given
    assert said in refused.value.given


def test_a_file_that_is_no_word_document_is_refused(tmp_path):
    (tmp_path / "own.docx").write_text("hej")
    with pytest.raises(UserError, match=r"own\.docx, which is no Word document"):
        docx.write(EXAMPLE, replace(PLAIN, docx=tmp_path / "own.docx"))


def test_the_same_document_gives_the_same_bytes():
    assert docx.write(EXAMPLE, PLAIN) == docx.write(EXAMPLE, PLAIN)


def test_signs_that_xml_gives_a_meaning_stand_as_they_were_written():
    odd = replace(EXAMPLE, title="Møller & Søn <A/S>\x0b", summary="7 < 9 {{ body }}")
    found = read(docx.write(odd, PLAIN))
    assert styled(found, "Title") == ["Møller & Søn <A/S>"]
    assert styled(found, "Rapport resumé") == ["7 < 9 {{ body }}"]


def test_the_shipped_template_is_what_its_script_makes(tmp_path):
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "report_templates.py", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    for file in SHIPPED.parent.glob("report.*"):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_the_guide_names_every_word_that_a_template_may_use():
    guide = (ROOT / "docs" / "how-to" / "rapport-tema.md").read_text("utf-8")
    assert [name for name in words(EXAMPLE, PLAIN) if f"`{{{{ {name} }}}}`" not in guide] == []
