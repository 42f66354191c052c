"""What sensitivity analysis starts from: event-study effects with their covariance."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats, Ints
from pejl_effects.errors import EffectError
from pejl_effects.estimators.aggregate import Aggregate
from pejl_effects.inference.intervals import Interval, critical


@dataclass(frozen=True)
class EventStudy:
    """Event-study estimates in order of time, without the reference period.

    estimate : (pre + post,). covariance : (pre + post, pre + post). pre, post : numbers.
    weights : (post,) which combination of the effects after guidance is of interest.
    freedom : degrees of freedom of the plain interval.
    """

    estimate: Floats
    covariance: Floats
    pre: int
    weights: Floats
    freedom: float = np.inf

    def __post_init__(self) -> None:
        if self.pre < 1 or self.post < 1 or self.estimate.size != self.pre + self.post:
            raise EffectError(
                given=f"{self.pre} effects before and {self.post} after guidance",
                needed="at least one of each besides the reference period",
                remedy="Add periods before guidance.",
            )

    @property
    def post(self) -> int:
        """Number of effects after guidance."""
        return int(self.weights.size)

    @property
    def target(self) -> float:
        """The weighted effect after guidance."""
        return float(self.estimate[self.pre :] @ self.weights)

    @property
    def error(self) -> float:
        """Its standard error."""
        after = self.covariance[self.pre :, self.pre :]
        return float(np.sqrt(self.weights @ after @ self.weights))

    def plain(self, level: float = 0.95) -> Interval:
        """The interval that trusts parallel trends."""
        half = self.error * critical(self.freedom, level)
        return Interval(self.target - half, self.target + half, level)


def event_study(aggregate: Aggregate, weights: Floats | None = None) -> EventStudy:
    """From event-time effects with a universal base: the reference period is event time -1.

    weights : (post,); the last event time where nothing is given.
    """
    labels = aggregate.labels
    keep = labels != -1
    after: Ints = labels[keep][labels[keep] >= 0]
    if weights is None:
        weights = (after == after[-1]).astype(np.float64)
    covariance = aggregate.each.influence.covariance()[np.ix_(keep, keep)]
    return EventStudy(
        aggregate.each.values[keep], covariance, int((labels[keep] < 0).sum()), weights
    )
