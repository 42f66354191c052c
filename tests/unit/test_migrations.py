"""Migrations that a hub can go through while people work: every one after 0.1.0 keeps the rules."""

import sys

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from pejl_hub.core.migrating import AddIndexInPeace
from tests.command import Hub
from tests.unit.migration_rules import faults

# The newest of each app in 0.1.0. A hub went through these with everybody out.
BASELINE = {
    "accounts": "0002_roles", "agreements": "", "alerts": "0003_duty_late", "api": "0001_keys",
    "audit": "0002_chain", "bodies": "0001_initial", "closing": "0002_archive",
    "codes": "0002_starting_codes", "communication": "0003_refuse_cpr",
    "companies": "0005_refuse_cpr", "contracts": "0001_initial", "core": "0003_refuse_cpr",
    "desk": "0001_reminders", "drafting": "0001_initial", "efforts": "0001_efforts",
    "events": "0003_refuse_cpr", "evidence": "0005_efforts", "guidance": "0004_as_filtered",
    "interpretations": "0001_initial", "narrative": "0001_comments",
    "outreach": "0004_approach_latest", "programmes": "0003_terms_and_journal",
    "publishing": "0002_open_data", "referrals": "0002_providers", "reporting": "0002_comments",
    "snapshots": "0001_changes", "sources": "0004_reason", "surveys": "0002_survey",
    "wheel": "0001_initial",
}  # fmt: skip

# The sign-in of 0.2.0 asks for fields that 0.1.0 does not fill: it too is installed with all out.
WITH_ALL_OUT = ("accounts.0003_", "accounts.0004_", "accounts.0005_", "accounts.0006_")


def newer():
    """Every migration of ours after the baseline, as it stands in the code."""
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if type(migration).__module__.startswith("pejl_hub.") and name > BASELINE.get(app, ""):
            yield migration


def test_every_migration_since_0_1_0_lets_the_version_before_it_go_on():
    found = {}
    for one in newer():
        says = getattr(sys.modules[type(one).__module__], "CONTRACTS", "")
        if wrong := list(faults(one.operations, contracts=says)):
            found[f"{one.app_label}.{one.name}"] = wrong
    assert {name: why for name, why in found.items() if not name.startswith(WITH_ALL_OUT)} == {}


def test_there_are_migrations_since_0_1_0_to_look_at():
    assert [one.name for one in newer()]


SHORT = models.CharField(max_length=9)
REFUSED = [
    (migrations.RemoveField("guidance", "note"), "takes away"),
    (migrations.DeleteModel("guidance"), "takes away"),
    (migrations.RenameField("guidance", "note", "remark"), "takes away"),
    (migrations.AddField("guidance", "note", SHORT), "without db_default"),
    (migrations.AlterField("guidance", "note", SHORT), "without db_default"),
    (migrations.AddIndex("guidance", models.Index(fields=["note"], name="a")), "at once"),
    (
        migrations.AddConstraint(
            "guidance", models.CheckConstraint(condition=models.Q(note="a"), name="a")
        ),
        "does not know",
    ),
]
ALLOWED = [
    migrations.AddField("guidance", "note", models.CharField(max_length=9, null=True)),
    migrations.AddField("guidance", "note", models.CharField(max_length=9, db_default="")),
    migrations.AlterField("guidance", "note", models.CharField(max_length=9, null=True)),
    migrations.AddIndex("code", models.Index(fields=["note"], name="a")),
    AddIndexInPeace("guidance", models.Index(fields=["note"], name="a")),
    migrations.CreateModel("remark", [("note", SHORT)]),
]


@pytest.mark.parametrize(("step", "said"), REFUSED)
def test_a_step_that_the_version_before_would_stumble_over_is_refused(step, said):
    (fault,) = faults([step])
    assert said in fault
    assert list(faults([step], contracts="0.1.0")) == []


@pytest.mark.parametrize("step", ALLOWED)
def test_a_step_that_only_adds_is_allowed(step):
    assert list(faults([step])) == []


def test_whatever_is_done_to_a_table_of_the_same_migration_is_allowed():
    made = migrations.CreateModel("remark", [("note", SHORT)])
    assert list(faults([made, migrations.AddField("remark", "more", SHORT)])) == []


def test_data_is_moved_in_a_migration_of_its_own():
    moves, adds = migrations.RunPython(migrations.RunPython.noop), ALLOWED[0]
    assert list(faults([moves])) == []
    assert list(faults([adds, moves])) == ["moves data and changes tables in one"]


INDEX = """
import django; django.setup()
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from pejl_hub.core.migrating import AddIndexInPeace
before = ProjectState()
made = migrations.CreateModel("remark", [("id", models.BigAutoField(primary_key=True)),
    ("note", models.CharField(max_length=9))])
made.state_forwards("core", before)
after = before.clone()
step = AddIndexInPeace("remark", models.Index(fields=["note"], name="remark_note"))
step.state_forwards("core", after)
with connection.schema_editor(atomic=False) as editor:
    made.database_forwards("core", editor, ProjectState(), before)
    step.database_forwards("core", editor, before, after)
names = connection.introspection.get_constraints
with connection.cursor() as cursor:
    assert "remark_note" in names(cursor, "core_remark")
with connection.schema_editor(atomic=False) as editor:
    step.database_backwards("core", editor, after, before)
with connection.cursor() as cursor:
    assert "remark_note" not in names(cursor, "core_remark")
print("made and dropped")
"""
SETTINGS = {"DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings"}


def test_the_index_is_made_on_sqlite_as_any_other(tmp_path):
    assert Hub(tmp_path / "var", SETTINGS, tables=False).python(INDEX) == "made and dropped"


@pytest.mark.postgres
def test_the_index_is_made_on_postgresql_while_others_write(tmp_path, postgres):
    hub = Hub(tmp_path / "var", SETTINGS | {"DATABASE_URL": postgres.new_database()})
    assert hub.python(INDEX) == "made and dropped"
