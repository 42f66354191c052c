"""``pejl contract``: what it prints, and its exit status (0 done, 1 refused, 2 wrong usage)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pejl import cli
from tests.spec.contract import HERE, HOVEDSTADEN

BAD = HERE / "bad" / "sums_add_up.yaml"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["pejl", *arguments])
    return cli.run(cli.app)


Output = pytest.CaptureFixture[str]


def test_a_good_contract_exits_0(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    assert run(monkeypatch, "contract", "check", str(HOVEDSTADEN)) == 0
    assert capsys.readouterr().out == "2024.yaml: every rule is kept.\n"


def test_a_bad_contract_exits_1_with_line_rule_and_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    assert run(monkeypatch, "contract", "check", str(BAD)) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{BAD}:68: error: sums_add_up: on 2024-01-01 the parts are")
    assert "Correct the number" in printed.out
    assert printed.err == "sums_add_up.yaml was refused: rules broken in 1 places.\n"


def test_as_json_it_says_the_same(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    assert run(monkeypatch, "contract", "check", str(BAD), "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(each["rule"], each["level"], each["line"]) for each in found] == [
        ("sums_add_up", "error", 68)
    ]
    assert all(each["message"] and each["remedy"] for each in found)


def test_a_missing_file_is_a_plain_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    assert run(monkeypatch, "contract", "check", "none.yaml") == 1
    assert capsys.readouterr().err == (
        "Given: the file none.yaml. Needed: a file that can be read. "
        "Check the path and the file's permissions.\n"
    )


@pytest.mark.parametrize(
    "arguments", [("contract", "chek"), ("contract", "check"), ("contract", "check", "a", "b")]
)
def test_wrong_usage_exits_2(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, arguments: tuple[str, ...]
) -> None:
    assert run(monkeypatch, *arguments) == 2
    assert "Usage" in capsys.readouterr().err


def test_the_reading_copy_is_written_where_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, tmp_path: Path
) -> None:
    page = tmp_path / "2024.html"
    assert run(monkeypatch, "contract", "read", str(HOVEDSTADEN), "--out", str(page)) == 0
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    out = str(tmp_path / "nowhere" / "2024.html")
    assert run(monkeypatch, "contract", "read", str(HOVEDSTADEN), "--out", out) == 1
    assert "Choose another path" in capsys.readouterr().err


def test_a_refusal_has_no_traceback_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-c", "from pejl.cli import main; main()"]
    done = subprocess.run(
        [*command, "contract", "check", "none.yaml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
