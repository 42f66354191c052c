"""Gathers the material of a report: counts once, and hides what may not leave the house."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pejl import __version__
from pejl.contract import amendments
from pejl.contract.goal import Contract
from pejl.disclosure.cells import ALL
from pejl.disclosure.publish import Masks, masks, publish
from pejl.indicators.result import Measured, Suppressed
from pejl.movements.move import Moment, movements
from pejl.movements.result import Movement
from pejl.reports.material import Comment, Effort, Material
from pejl.snapshot.store import Snapshot
from pejl.standing.forecast import Band
from pejl.standing.outlook import outlook
from pejl.standing.result import GoalStanding, Standing
from pejl.standing.stand import stand


@dataclass(frozen=True)
class Counting:
    """What is counted: the contract, the snapshot, the date, and the least answers of a cell."""

    contract: Contract
    snapshot: Snapshot
    as_of: date
    least_answers: int = 1

    def standing(self, place: str | None = None, view: Masks | None = None) -> Standing:
        """The whole hub's or a municipality's standing, as ``view`` lets it be seen."""
        found = stand(
            self.contract,
            self.snapshot,
            self.as_of,
            municipality=place,
            least_answers=self.least_answers,
        )
        return found if view is None else masked(found, view)

    def moment(self) -> Moment:
        """The same, for comparing."""
        return Moment(self.contract, self.snapshot, self.as_of)


def masked(standing: Standing, view: Masks) -> Standing:
    """The standing as readers outside the house may see it.

    The forecast of a hidden figure is hidden as well: it begins at the figure.
    """
    evaluation = view.document(standing.evaluation.municipality or ALL, standing.evaluation)
    goals = {goal: _masked(one, evaluation.goals[goal]) for goal, one in standing.goals.items()}
    return Standing(evaluation, goals)


def _masked(one: GoalStanding, shown: Measured) -> GoalStanding:
    hidden = isinstance(shown.figure, Suppressed)
    return replace(one, measured=shown, forecast=None if hidden else one.forecast)


def own_masks(counting: Counting) -> Masks:
    """What to hide where no edition has been published: worked out for this date alone.

    Every municipality is counted for it. UserError when the contract names no smallest count.
    """
    made = publish(counting.contract, counting.snapshot, counting.as_of)
    return masks(counting.contract, counting.as_of, made.minimum, made.hidden)


def inside(
    counting: Counting,
    *,
    places: Iterable[str] = (),
    before: Counting | None = None,
    comments: Sequence[Comment] = (),
    efforts: Sequence[Effort] = (),
    language: str = "da",
) -> Material:
    """The material of a report for the house: every figure, and why it moved since ``before``."""
    moved = {} if before is None else _moved(before, counting)
    return Material(
        contract=counting.contract,
        standing=(whole := counting.standing()),
        places={place: counting.standing(place) for place in places},
        before=None if before is None else before.standing(),
        movements=moved,
        comments=comments,
        efforts=efforts,
        language=language,
        code_version=__version__,
        fans=fans(counting, whole),
    )


def outside(
    counting: Counting,
    view: Masks,
    *,
    places: Iterable[str] = (),
    before: Standing | None = None,
    comments: Sequence[Comment] = (),
    efforts: Sequence[Effort] = (),
    edition: str = "",
    language: str = "da",
) -> Material:
    """The material of a report that leaves the house: as ``view`` shows it, and nothing more.

    ``before`` is what the last report showed, masked as it was; the records that moved a figure
    are never told.
    """
    whole = counting.standing(None, view)
    return Material(
        contract=counting.contract,
        standing=whole,
        places={place: counting.standing(place, view) for place in places},
        before=before,
        comments=comments,
        efforts=efforts,
        edition=edition,
        language=language,
        code_version=__version__,
        fans=fans(counting, whole),
        masked=True,
    )


def fans(counting: Counting, standing: Standing) -> dict[str, Mapping[str, Band]]:
    """The fan of each goal that has a forecast."""
    held = amendments.as_of(counting.contract, counting.as_of)
    return {
        name: outlook(held, counting.snapshot, counting.as_of, item).fan
        for name, item in standing.goals.items()
        if item.forecast is not None
    }


def _moved(before: Counting, now: Counting) -> dict[str, Movement]:
    return {one.goal: one for one in movements(before.moment(), now.moment()) if one.moved}
