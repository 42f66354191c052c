"""Gathers the words of the screen into each app's catalogue, and compiles the catalogues.

Run by `make words` after a text has been added; it names what still lacks a Danish translation.
Needs GNU gettext.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
HUB, LIBRARY = SOURCE / "pejl_hub", SOURCE / "pejl"
CATALOGUE = Path("locale") / "da" / "LC_MESSAGES" / "django.po"
# The same head everywhere and without a date: else every change of a text would change two lines.
HEAD = """msgid ""
msgstr ""
"Language: da\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
_WORD = re.compile(r"""gettext|_\("|phrase\(|\{% *(translate|blocktranslate)""")


def main() -> int:
    """Gather, compile, and say what is missing; 1 when something is."""
    for app in [LIBRARY, *_apps_with_words()]:
        (app / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        _keep_one_of_each(app / CATALOGUE)
    make = ["makemessages", "-l", "da", "--no-location", "--no-obsolete"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings"}
    command = [sys.executable, "-m", "django", *make, "--ignore", "static"]
    for folder in (LIBRARY, HUB):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=environment)
    catalogues = [LIBRARY / CATALOGUE, *sorted(HUB.glob(f"*/{CATALOGUE}"))]
    missing = [_settle(path) for path in catalogues]
    sys.stdout.write("".join(missing))
    return 1 if any(missing) else 0


def _apps_with_words() -> list[Path]:
    apps = [path for path in HUB.iterdir() if (path / "__init__.py").exists()]
    return [app for app in apps if any(map(_has_words, app.rglob("*")))]


def _has_words(path: Path) -> bool:
    known = path.suffix in {".py", ".html", ".txt"} and "static" not in path.parts
    return known and bool(_WORD.search(path.read_text(encoding="utf-8")))


def _keep_one_of_each(path: Path) -> None:
    """Two branches that add the same text leave it twice after a merge, which gettext refuses."""
    if path.exists():
        subprocess.run(["msguniq", "--use-first", "-o", str(path), str(path)], check=True)


def _settle(path: Path) -> str:
    """Give the catalogue the common head, compile it, and say what it lacks."""
    _, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(f"{HEAD}\n{body}", encoding="utf-8")
    out = path.with_suffix(".mo")
    subprocess.run(["msgfmt", "--check-format", "-o", str(out), str(path)], check=True)
    lacking = ["msgattrib", "--untranslated", "--no-wrap", str(path)]
    fuzzy = ["msgattrib", "--only-fuzzy", "--no-wrap", str(path)]
    said = [subprocess.run(c, check=True, capture_output=True, text=True) for c in (lacking, fuzzy)]
    found = "".join(run.stdout.partition("\n\n")[2] for run in said)
    return f"{path.relative_to(SOURCE)} lacks:\n{found}\n" if found else ""


if __name__ == "__main__":
    sys.exit(main())
