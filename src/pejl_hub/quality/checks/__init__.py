"""The checks: a table. Each is one file of this folder."""

from pejl_hub.quality.check import Check
from pejl_hub.quality.checks.duplicate import DUPLICATE
from pejl_hub.quality.checks.future import FUTURE
from pejl_hub.quality.checks.late import LATE
from pejl_hub.quality.checks.no_municipality import NO_MUNICIPALITY
from pejl_hub.quality.checks.no_size import NO_SIZE
from pejl_hub.quality.checks.outside import OUTSIDE
from pejl_hub.quality.checks.segment_jump import SEGMENT_JUMP
from pejl_hub.quality.checks.unlinked_person import UNLINKED_PERSON

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        NO_SIZE,
        NO_MUNICIPALITY,
        LATE,
        FUTURE,
        DUPLICATE,
        OUTSIDE,
        SEGMENT_JUMP,
        UNLINKED_PERSON,
    )
}
