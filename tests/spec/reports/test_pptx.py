"""The slides: native charts and tables of the same figures, and a template to replace."""

import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

import pejl.reports.writers as writers
from pejl.base.errors import UserError
from pejl.reports.document import Cell, Chart, Column, Paragraph, Section, Series, State, Table
from pejl.reports.theme import PLAIN, load_theme
from pejl.reports.writers import pptx
from tests.spec.reports.example import EXAMPLE, whole

SECOND = Path(__file__).parent / "theme-2"
SHIPPED = Path(writers.__file__).parent / "templates" / "report.pptx"
WORDS = "Det går fremad, og mere er på vej. "


def read(content: bytes):
    return Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def made():
    return read(pptx.write(EXAMPLE, PLAIN))


def with_blocks(*blocks):
    return replace(EXAMPLE, sections=[Section("s", "Afsnit", blocks)], definitions=[])


def shapes(made):
    return [shape for slide in made.slides for shape in slide.shapes]


def titles(made) -> list[str]:
    return [slide.shapes.title.text for slide in made.slides]


def texts(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_each_table_says_what_the_document_says_cell_by_cell(made):
    found = [shape.table for shape in shapes(made) if shape.has_table]
    for table, wanted in zip(found, EXAMPLE.tables(), strict=False):
        assert texts(table)[0] == [column.label for column in wanted.columns]
        assert texts(table)[1:] == [[cell.text for cell in row] for row in wanted.rows]
    assert texts(found[3])[2] == ["Kendskabsgrad", "Oplyses af en ekstern part.", "K1.4"]


def test_each_chart_is_native_and_draws_the_documents_exact_values(made):
    found = [shape.chart for shape in shapes(made) if shape.has_chart]
    for chart, wanted in zip(found, EXAMPLE.charts(), strict=True):
        ends = [cells for band in wanted.bands for cells in (band.low, band.high)]
        rows = [*(series.cells for series in wanted.series), *ends]
        drawn = [list(series.values) for series in chart.plots[0].series]
        assert drawn == [[None if c is None else float(c.value) for c in cells] for cells in rows]
        assert list(chart.plots[0].categories) == list(wanted.categories)


def test_a_withheld_bar_is_no_zero_and_says_its_sign():
    hidden = Cell("··", None, "guidance", State.WITHHELD)
    bars = Chart("c", "bars", "T", "A", ["Ishøj", "Rødovre"], [Series("x", [whole(0), hidden])])
    found = read(pptx.write(with_blocks(bars), PLAIN))
    plot = next(shape.chart for shape in shapes(found) if shape.has_chart).plots[0]
    assert list(plot.series[0].values) == [0, None]
    assert list(plot.categories) == ["Ishøj", "Rødovre ··"]


def test_the_first_slides_say_what_it_is_and_what_matters(made):
    assert titles(made)[:2] == ["Status til bestyrelsen", "Det vigtigste"]
    said = [shape.text_frame.text for shape in made.slides[1].shapes if shape.has_text_frame]
    assert EXAMPLE.summary in said


def test_every_slide_has_a_title_of_its_own_or_the_sections(made):
    assert all(titles(made))
    assert titles(made)[-2:] == ["Sådan er der talt", "Opgørelsesgrundlag"]


def test_all_but_the_first_slide_are_numbered(made):
    kinds = [{p.placeholder_format.type for p in slide.placeholders} for slide in made.slides]
    assert PP_PLACEHOLDER.SLIDE_NUMBER not in kinds[0]
    assert all(PP_PLACEHOLDER.SLIDE_NUMBER in one for one in kinds[1:])


def test_the_notes_tell_the_sources_and_what_was_counted(made):
    for slide in made.slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert "Kilder: Erhvervshusets egne registreringer." in notes
        assert f"20240630-1, SHA-256 {'a7' * 32}" in notes


def test_what_is_drawn_has_a_text_alternative():
    found = read(pptx.write(EXAMPLE, load_theme(SECOND)))
    drawn = [s for s in shapes(found) if s.has_chart or s.has_table or s.shape_type == 13]
    alts = [shape._element._nvXxPr.cNvPr.get("descr") for shape in drawn]
    assert alts[0] == "Erhvervshus Ålykke: et fyrtårn over tre bølger"
    assert all(alts)
    assert {chart.alt for chart in EXAMPLE.charts()} <= set(alts)


@pytest.mark.parametrize(("language", "code"), [("da", "da-DK"), ("en", "en-GB")])
def test_every_run_of_text_tells_its_language(language, code):
    found = read(pptx.write(replace(EXAMPLE, language=language), PLAIN))
    runs = [
        run.get_or_add_rPr().get("lang")
        for slide in found.slides
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r")
    ]
    assert set(runs) == {code}


def test_a_long_table_goes_on_over_slides_with_its_head_and_loses_no_row():
    rows = [[Cell(f"Kommune {n}"), whole(n)] for n in range(40)]
    long = Table(
        "t", "Lang", [Column("Kommune", wide=True), Column("Antal", True)], rows, note="Se"
    )
    found = read(pptx.write(with_blocks(long), PLAIN))
    pages = [shape.table for shape in shapes(found) if shape.has_table]
    assert len(pages) > 2
    assert {tuple(texts(page)[0]) for page in pages} == {("Kommune", "Antal")}
    assert [row for page in pages for row in texts(page)[1:]] == [[c.text for c in r] for r in rows]
    assert f"Lang (1 af {len(pages)})" in titles(found)


@pytest.mark.parametrize("blocks", [EXAMPLE.sections[0].blocks, [Paragraph(WORDS * 150)]])
def test_nothing_stands_outside_its_slide(blocks):
    found = read(pptx.write(with_blocks(*blocks), PLAIN))
    for shape in shapes(found):
        assert shape.left >= 0
        assert shape.left + shape.width <= found.slide_width
        assert shape.top + shape.height <= found.slide_height


def test_a_long_text_goes_on_over_slides_and_loses_no_word():
    found = read(pptx.write(with_blocks(Paragraph(WORDS * 150)), PLAIN))
    some = [slide for slide in found.slides if slide.shapes.title.text.startswith("Afsnit")]
    assert [slide.shapes.title.text for slide in some][:2] == ["Afsnit", "Afsnit (fortsat)"]
    boxes = [s.text_frame.text for slide in some for s in slide.shapes if not s.is_placeholder]
    assert " ".join(boxes) == (WORDS * 150).strip()


def test_few_words_stand_over_their_table_and_many_before_it():
    table = EXAMPLE.sections[1].blocks[1]
    few = titles(read(pptx.write(with_blocks(Paragraph(WORDS), table), PLAIN)))
    many = titles(read(pptx.write(with_blocks(Paragraph(WORDS * 30), table), PLAIN)))
    assert few[2:-1] == ["Ydelser efter kommune"]
    assert many[2:-1] == ["Afsnit", "Ydelser efter kommune"]


def test_the_last_words_of_a_section_stand_under_its_table_when_there_is_room():
    table = EXAMPLE.sections[1].blocks[1]
    few = titles(read(pptx.write(with_blocks(table, Paragraph(WORDS)), PLAIN)))
    many = titles(read(pptx.write(with_blocks(table, Paragraph(WORDS * 40)), PLAIN)))
    assert few[2:-1] == ["Ydelser efter kommune"]
    assert many[2:-1] == ["Ydelser efter kommune", "Afsnit"]


def test_a_slide_names_the_headings_that_it_stands_under():
    table = EXAMPLE.sections[1].blocks[1]
    inner = Section("i", "Indeni", [table])
    outer = Section("o", "Udenom", [Paragraph(WORDS)], [inner])
    found = read(pptx.write(replace(EXAMPLE, sections=[outer], definitions=[]), PLAIN))
    assert titles(found)[2:-1] == ["Ydelser efter kommune"]
    said = [s.text_frame.text for s in found.slides[2].shapes if s.has_text_frame]
    assert "Udenom · Indeni" in said
    assert WORDS in said


def test_a_theme_gives_its_colours_font_words_and_contact():
    found = read(pptx.write(EXAMPLE, load_theme(SECOND)))
    master = found.slide_master.part._element
    values = {value for one in master.iter() for value in one.attrib.values()}
    assert "7A2048" in values
    assert "0F4C5C" not in values
    assert titles(found)[1] == "Kort fortalt"
    assert "rapporter@aalykke.example" in found.slides[0].placeholders[1].text_frame.text


def test_a_hubs_own_template_is_used_without_its_slides(tmp_path):
    own = Presentation(SHIPPED)
    own.slide_width = Inches(10)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Et eksempel"
    own.save(tmp_path / "own.pptx")
    theme = replace(load_theme(SECOND), pptx=tmp_path / "own.pptx")
    found = read(pptx.write(EXAMPLE, theme))
    assert found.slide_width == Inches(10)
    assert "Et eksempel" not in titles(found)
    assert titles(found)[0] == EXAMPLE.title
    assert b"7A2048" not in found.slide_master.part.blob


def test_a_template_without_the_layouts_that_are_needed_is_refused(tmp_path):
    own = Presentation(SHIPPED)
    own.slide_layouts.remove(own.slide_layouts[1])
    own.save(tmp_path / "own.pptx")
    with pytest.raises(UserError, match=r"own\.pptx, which has no layout with a title alone"):
        pptx.write(EXAMPLE, replace(PLAIN, pptx=tmp_path / "own.pptx"))


def test_a_file_that_is_no_presentation_is_refused(tmp_path):
    (tmp_path / "own.pptx").write_text("hej")
    with pytest.raises(UserError, match=r"own\.pptx, which is no PowerPoint file"):
        pptx.write(EXAMPLE, replace(PLAIN, pptx=tmp_path / "own.pptx"))


def test_the_same_document_gives_the_same_bytes():
    assert pptx.write(EXAMPLE, PLAIN) == pptx.write(EXAMPLE, PLAIN)


def test_characters_that_xml_forbids_do_not_spoil_the_file():
    odd = replace(with_blocks(Paragraph("for\x00 sent")), title="Møller & Søn <A/S>\x0b")
    found = read(pptx.write(odd, PLAIN))
    assert titles(found)[0] == "Møller & Søn <A/S>"
    assert found.core_properties.title == "Møller & Søn <A/S>"


def test_a_figure_without_an_exact_end_is_drawn_as_near_as_a_number_can():
    third = Cell("0,3", Fraction(1, 3), "nps", State.MEASURED)
    bars = Chart("c", "columns", "T", "A", ["a"], [Series("x", [third])], unit="nps")
    found = read(pptx.write(with_blocks(bars), PLAIN))
    plot = next(shape.chart for shape in shapes(found) if shape.has_chart).plots[0]
    assert list(plot.series[0].values) == [pytest.approx(1 / 3, rel=1e-15)]
