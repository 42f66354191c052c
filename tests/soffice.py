"""LibreOffice without a window: one start converts many files to PDF."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
PATIENCE = 180  # seconds; the first start on a slow machine makes a profile
# Numbers as in Denmark, whatever the machine speaks.
DANISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>da-DK</value></prop></item>
</oor:items>
"""


def pdfs(files: Sequence[Path], folder: Path) -> dict[str, str]:
    """Each file as LibreOffice lays it out: the text of its pages by the file's ending."""
    if SOFFICE is None:
        pytest.skip("no LibreOffice on this machine (soffice); tools/system.sh installs it")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(DANISH, "utf-8")
    # Files of one name would become one PDF.
    copies = [Path(shutil.copy(file, folder / f"{file.suffix[1:]}{file.suffix}")) for file in files]
    _convert(copies, profile, folder)
    return {copy.suffix[1:]: _text(copy.with_suffix(".pdf")) for copy in copies}


def _text(file: Path) -> str:
    return subprocess.run(
        ["pdftotext", file, "-"], capture_output=True, text=True, check=True
    ).stdout


def _convert(files: Sequence[Path], profile: Path, folder: Path) -> None:
    command = [
        SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", folder, *files,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    missing = [file.name for file in files if not file.with_suffix(".pdf").exists()]
    if missing:
        raise AssertionError(f"{missing} were not converted: {done.stdout}{done.stderr}")
