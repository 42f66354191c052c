"""The command's manners: exit statuses, what goes where, and that its page leaves nothing out."""

import json
import re

import pytest
import typer.main

from pejl_hub.cli import app
from tests.command import ROOT, Hub

PAGE = ROOT / "docs" / "reference" / "cli.md"


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """An empty hub, whose tables the first command makes."""
    return Hub(tmp_path_factory.mktemp("hub"), tables=False)


def commands(group=None, name="pejl"):
    """Each command with its options, as ``pejl`` really has them."""
    group = group or typer.main.get_command(app)
    for part, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {part}")
        if getattr(command, "invoke_without_command", True):
            options = [p for p in command.params if p.param_type_name == "option"]
            yield f"{name} {part}", {o.opts[0] for o in options} - {"--help"}


def documented():
    """Each command with its options, as the page has them."""
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        yield re.match(r"`([^`]+)`", section)[1], set(re.findall(r"^- `(--[\w-]+)`", section, re.M))


def test_the_page_has_every_command_with_its_options_and_no_other():
    assert dict(documented()) == dict(commands())


def test_every_environment_variable_that_is_read_stands_on_the_page():
    sources = [ROOT / "src/pejl_hub/config/settings.py", ROOT / "src/pejl_hub/accounts/actions.py"]
    read = {name for file in sources for name in re.findall(r'"(PEJL_\w+)"', file.read_text())}
    page = PAGE.read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in page} <= {"PEJL_DEBUG"}


def test_a_command_that_is_done_ends_with_0_and_prints_only_json(hub):
    done = hub.run("status", "--as-of", "2024-06-30", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["as_of"] == "2024-06-30"


def test_an_empty_hub_has_measured_zeros_and_missing_shares(hub):
    goals = hub.status("2024-06-30")
    assert goals["guidance"]["value"] == 0
    assert goals["guidance_5plus"]["value"] is None
    assert goals["awareness"]["value"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status", "--as-of", "1999-01-01"), "1999-01-01"),
        (("status", "--as-of", "2024-06-30", "--goal", "fame"), "fame"),
        (("status", "--as-of", "2024-06-30", "--municipality", "999"), "999"),
        (("snapshot", "--as-of", "1999-01-01"), "1999-01-01"),
        (("import", "nowhere"), "nowhere"),
        (("import", "docs", "--source", "another"), "another"),
        (("import", "--undo", "77"), "77"),
        (("serve", "--host", "203.0.113.1"), "203.0.113.1"),
    ],
)
def test_input_that_is_refused_ends_with_1_and_a_sentence_that_names_it(hub, arguments, said):
    refused = hub.run(*arguments)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith("Given: ")
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("unheard-of",),
        ("status",),
        ("status", "--as-of", "31-02-2024"),
        ("status", "--as-of", "2024-06-30", "--format", "word"),
        ("import",),
        ("import", "docs", "--undo", "1"),
        ("import", "--undo", "1", "--dry-run"),
        ("serve", "--port", "0"),
    ],
)
def test_wrong_usage_ends_with_2(hub, arguments):
    wrong = hub.run(*arguments)
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


def test_one_goal_alone_has_the_figure_it_has_among_all(hub):
    alone = hub.status("2024-06-30", "--goal", "press")
    assert alone == {"press": hub.status("2024-06-30")["press"]}


def test_the_csv_has_a_line_for_each_goal_and_the_table_a_name(hub):
    lines = hub.run("status", "--as-of", "2024-06-30", "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("id,")
    assert {line.split(",")[0] for line in lines[1:]} == set(hub.status("2024-06-30"))
    table = hub.run("status", "--as-of", "2024-06-30", "--goal", "press").stdout
    assert "Presseartikler" in table


def test_a_database_that_cannot_be_opened_is_said_plainly(tmp_path):
    hub = Hub(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/pejl.sqlite3"})
    refused = hub.run("status", "--as-of", "2024-06-30")
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_help_needs_neither_django_nor_what_counts():
    code = (
        "import sys, pejl_hub.cli; "
        "print([m for m in ('django', 'pyarrow', 'ibis', 'duckdb', 'numpy') if m in sys.modules])"
    )
    assert Hub(ROOT, tables=False).python(code) == "[]"


def test_nobody_is_shown_a_bar_in_a_pipe(tmp_path):
    (tmp_path / "presse.csv").write_bytes(
        "Id;Dato;Medie;Titel;Type;Link\r\nM1;26-02-2024;Ugebladet;Omtale;Case;\r\n".encode("cp1252")
    )
    done = Hub(tmp_path / "hub").run("import", tmp_path / "presse.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^presse +1 +1 +0 +0 +0$", done.stdout, re.M)
    assert "pejl import --undo 1" in done.stdout
