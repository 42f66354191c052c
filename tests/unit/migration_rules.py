"""What a migration may not do while the version before it still runs: one small rule each.

The policy stands in docs/explanation/migrations.md. A step that takes something away is allowed
once the module says in ``CONTRACTS`` which release was the last to use it.
"""

from collections.abc import Callable, Iterator

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from pejl_hub.core.migrating import AddIndexInPeace

# Tables that grow with the years: an index made at once would hold up everybody who writes.
BIG = {
    "guidance", "attendance", "participation", "grant", "course", "approach", "referral", "answer",
    "company", "person", "auditentry", "link", "change", "signup", "invitation",
}  # fmt: skip
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
MOVES_DATA = (migrations.RunPython, migrations.RunSQL)
Rule = Callable[[Operation], str]


def takes_away(step: Operation) -> str:
    """The version before reads and writes it still."""
    return "takes away what the version before uses" if isinstance(step, TAKES_AWAY) else ""


def asks_for_a_value(step: Operation) -> str:
    """The version before writes rows without the new field."""
    if not isinstance(step, migrations.AddField):
        return ""
    field = step.field
    filled = field.null or field.db_default is not NOT_PROVIDED or field.many_to_many
    return "" if filled else "adds a field that must be filled, without db_default"


def narrows(step: Operation) -> str:
    """A field that was free may hold what it no longer may."""
    if not isinstance(step, migrations.AlterField):
        return ""
    field = step.field
    if field.null or field.db_default is not NOT_PROVIDED:
        return ""
    return "changes a field that must be filled, without db_default"


def locks(step: Operation) -> str:
    """An index made at once locks the table while it is made."""
    if not isinstance(step, migrations.AddIndex) or isinstance(step, AddIndexInPeace):
        return ""
    return "makes an index on a big table at once" if step.model_name_lower in BIG else ""


def binds(step: Operation) -> str:
    """Rows that the version before writes may break it."""
    if isinstance(step, migrations.AddConstraint):
        return "adds a rule that the version before does not know"
    return ""


RULES: tuple[Rule, ...] = (takes_away, asks_for_a_value, narrows, locks, binds)


def faults(steps: list[Operation], *, contracts: str = "") -> Iterator[str]:
    """Every rule that the migration's steps break; ``contracts`` is what the module says."""
    made = {step.name_lower for step in steps if isinstance(step, migrations.CreateModel)}
    for step in steps:
        if getattr(step, "model_name_lower", None) in made:
            continue  # nobody uses a table before it is there
        yield from (said for rule in RULES if (said := rule(step)) and not contracts)
    if any(isinstance(s, MOVES_DATA) for s in steps) and not all(
        isinstance(s, MOVES_DATA) for s in steps
    ):
        yield "moves data and changes tables in one"
