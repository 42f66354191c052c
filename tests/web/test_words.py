"""Every word of the screen has a Danish translation, and the compiled words are up to date."""

import ast
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import pejl
import pejl_hub

HUB, LIBRARY = Path(pejl_hub.__file__).parent, Path(pejl.__file__).parent
CATALOGUE = Path("locale") / "da" / "LC_MESSAGES" / "django.po"
# Each app of the hub has its own; the library's phrases are in one.
CATALOGUES = [LIBRARY / CATALOGUE, *sorted(HUB.glob(f"*/{CATALOGUE}"))]


def entries(text: str) -> dict[str, list[str]]:
    """msgid (with its context) -> translations, read from a .po file; empty where untranslated."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"\n\s*\n", text):
        fields = re.findall(r'^(msg\w+(?:\[\d\])?)((?:\s*"(?:[^"\\]|\\.)*")+)', block, flags=re.M)
        values = {
            name: "".join(map(ast.literal_eval, re.findall(r'"(?:[^"\\]|\\.)*"', text)))
            for name, text in fields
        }
        if values.get("msgid"):
            key = values.get("msgctxt", "") + "\x04" + values["msgid"]
            found[key] = [value for name, value in values.items() if name.startswith("msgstr")]
    return found


def compiled(path: Path) -> dict[str, list[str]]:
    """The same, read from a .mo file (its format: the GNU gettext manual, chapter 10)."""
    data = path.read_bytes()
    _, _, count, originals, translations = struct.unpack("<5I", data[:20])

    def text(table: int, number: int) -> str:
        length, start = struct.unpack("<2I", data[table + 8 * number : table + 8 * number + 8])
        return data[start : start + length].decode()

    pairs = ((text(originals, n), text(translations, n)) for n in range(count))
    return {_keyed(original): translated.split("\0") for original, translated in pairs if original}


def _keyed(original: str) -> str:
    single = original.split("\0")[0]
    return single if "\x04" in single else "\x04" + single


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_word_in_a_catalogue_is_translated(catalogue):
    text = catalogue.read_text(encoding="utf-8")
    assert [key for key, said in entries(text).items() if not said or not all(said)] == []
    assert entries(text)
    assert "fuzzy" not in text


def test_a_word_is_the_same_in_every_app():
    """Django keeps one translation of a text: which app's it would be is chance."""
    said: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for catalogue in CATALOGUES:
        for key, words in entries(catalogue.read_text(encoding="utf-8")).items():
            said.setdefault(key, {}).setdefault(tuple(words), []).append(catalogue.parts[-5])
    assert {key: ways for key, ways in said.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_the_compiled_words_are_those_of_the_catalogue(catalogue):
    assert compiled(catalogue.with_suffix(".mo")) == entries(catalogue.read_text(encoding="utf-8"))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs GNU gettext")
@pytest.mark.parametrize("package", [LIBRARY, HUB], ids=lambda path: path.name)
def test_the_catalogues_hold_every_word_of_code_and_templates(package, tmp_path):
    copy = tmp_path / package.name
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("static", "__pycache__"))
    make = ["makemessages", "-l", "da", "--no-location", "--no-obsolete"]
    command = [sys.executable, "-m", "django", *make]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    mine = [path for path in CATALOGUES if path.is_relative_to(package)]
    for catalogue in mine:
        fresh = entries((copy / catalogue.relative_to(package)).read_text(encoding="utf-8"))
        assert set(fresh) == set(entries(catalogue.read_text(encoding="utf-8")))
    assert {path.relative_to(copy) for path in copy.rglob("django.po")} == {
        path.relative_to(package) for path in mine
    }
