"""What a template's checker does not see."""

import pytest

from tests.command import ROOT

TEMPLATES = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "src").rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_quotation_mark_is_escaped_as_if_in_a_string(name):
    assert '\\"' not in (ROOT / name).read_text(encoding="utf-8")
