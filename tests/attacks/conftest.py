"""Signed-in people, and a data folder that holds nothing of anybody else's."""

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import many as many
from tests.web.conftest import publication as publication
from tests.web.conftest import published as published
from tests.web.conftest import publishing as publishing
from tests.web.conftest import signed_in as signed_in
from tests.web.conftest import snapshot as snapshot
from tests.web.conftest import year as year


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
