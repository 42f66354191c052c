"""Where the hub keeps its files."""

import os
from collections.abc import Mapping
from pathlib import Path

from pejl.base.errors import UserError


def data_folder(env: Mapping[str, str]) -> Path:
    """The folder that ``PEJL_DATA`` names, made when it is missing.

    Raises:
        UserError: it is no folder, or whoever runs Pejl may not write in it.
    """
    folder = Path(env.get("PEJL_DATA", "var")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(folder, os.R_OK | os.W_OK | os.X_OK) else "Permission denied"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise UserError(
            given=f"the data folder {folder} ({reason})",
            needed="a folder that whoever runs this may read and write in",
            remedy="Set PEJL_DATA, or run it as the user that Pejl runs as.",
        )
    return folder
