"""Files that are there whole or not at all, whatever stops their writing."""

import os
import secrets
import shutil
import time
from pathlib import Path

ABANDONED_AFTER_SECONDS = 2 * 24 * 3600  # nothing takes so long to write


def write_whole(path: Path, content: bytes) -> None:
    """Write the file beside its place and put it there; a disk without room leaves nothing.

    Raises
    ------
    OSError
        When it cannot be written; what was in its place before is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".draft-{secrets.token_hex(8)}")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def sweep_drafts(folder: Path) -> int:
    """Throw away what killed processes left half written in the folder; how many that were."""
    swept = 0
    for path in [*folder.glob(".draft-*"), *folder.glob(".copy-*"), *folder.glob(".backup-*")]:
        if time.time() - path.lstat().st_mtime > ABANDONED_AFTER_SECONDS:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            swept += 1
    return swept
