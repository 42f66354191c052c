"""The package to KL and Erhvervsstyrelsen as one zip file: contract, reading copy, figures."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.contract.reading import reading_copy
from pejl.standing.formats import to_csv, to_json
from pejl.standing.result import Standing

SUMS = "sha256.txt"
# A zip file knows no earlier day; the same package is the same bytes whenever it is made.
DAY_ONE = (1980, 1, 1, 0, 0, 0)


def bundle(contract: Contract, file: Path, standing: Standing, overview: bytes) -> bytes:
    """The zip file. ``file`` is the contract's YAML, ``overview`` the PDF of the document.

    ``standing`` is what may leave the house: masked.

    Raises
    ------
    UserError
        When the contract file has changed since it was read.
    """
    written = _files(contract, file, standing, overview)
    sums = "".join(f"{_sha256(data)}  {name}\n" for name, data in written.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**written, SUMS: sums.encode()}.items():
            archive.writestr(zipfile.ZipInfo(name, DAY_ONE), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _files(
    contract: Contract, file: Path, standing: Standing, overview: bytes
) -> Mapping[str, bytes]:
    yaml = file.read_bytes()
    if _sha256(yaml) != contract.sha256:
        raise UserError(
            given=f"the contract file {file.name}, which is not the one that was counted by",
            needed=f"the file with SHA-256 {contract.sha256}",
            remedy="Make the package again.",
        )
    figures = json.dumps(to_json(standing), ensure_ascii=False, indent=1)
    return {
        "kontrakt.yaml": yaml,
        "laeseudgave.html": reading_copy(contract).encode(),
        "vedtaget-tekst.txt": contract.source_text.encode(),
        "tal.json": figures.encode(),
        "tal.csv": to_csv(standing).encode(),
        "oversigt.pdf": overview,
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
