"""Makes the templates that reports in Word and PowerPoint begin with.

Run `python tools/report_templates.py` after changing it; a test holds the shipped files to it.
A hub makes its own by opening a shipped one in Word or PowerPoint and saving it under another name.
"""

import io
import sys
from datetime import datetime
from pathlib import Path

from slide_template import slides
from word_template import word

from pejl.reports.writers.packing import repack

FOLDER = Path(__file__).parent.parent / "src" / "pejl" / "reports" / "writers" / "templates"
MADE = datetime(2026, 11, 26)


def packed(file) -> bytes:
    """The file's bytes, dated by hand so that they are the same each time."""
    properties = file.core_properties
    properties.created = properties.modified = MADE
    properties.author = properties.last_modified_by = "Pejl"
    properties.title, properties.comments = "Skabelon til rapporter", ""
    properties.language = "da-DK"
    out = io.BytesIO()
    file.save(out)
    return repack(out.getvalue())


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.docx").write_bytes(packed(word()))
    (folder / "report.pptx").write_bytes(packed(slides()))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
