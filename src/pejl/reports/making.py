"""What a document is being made of: the material, its words, and the goals that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pejl.contract import amendments
from pejl.contract.goal import Contract
from pejl.indicators.expression import OUTSIDE, UNKNOWN
from pejl.reports.material import Comment, Material
from pejl.reports.words import Words
from pejl.standing.result import GoalStanding, Light, Standing

# In the order in which a reader asks.
SCORED = (
    Light.REACHED,
    Light.ON_TRACK,
    Light.AT_RISK,
    Light.OFF_TRACK,
    Light.NOT_REACHED,
)


@dataclass(frozen=True)
class Making:
    """The material with its words. ``place`` is the municipality that the document is about."""

    material: Material
    words: Words
    place: str | None = None
    audience: str | None = None  # goals for these readers alone, in the contract's words

    @property
    def day(self) -> date:
        """The date that the figures are counted up to."""
        return self.material.standing.evaluation.as_of

    @cached_property
    def contract(self) -> Contract:
        """The contract as it holds on the date."""
        return amendments.as_of(self.material.contract, self.day)

    @property
    def standing(self) -> Standing:
        """The whole hub's standing."""
        return self.material.standing

    @cached_property
    def goals(self) -> Sequence[GoalStanding]:
        """The goals that were not withdrawn, for these readers, in the contract's order."""
        return [
            item
            for item in self.standing.goals.values()
            if item.status != "withdrawn" and self.audience in (None, *item.goal.audience)
        ]

    @property
    def pending(self) -> Sequence[GoalStanding]:
        """Those that await the framework agreement."""
        return [item for item in self.goals if item.status == "pending"]

    def name_of(self, place: str) -> str:
        """A municipality's name, or what stands for those that have none."""
        if place in (OUTSIDE, UNKNOWN):
            return self.words.say(place)
        return self.contract.municipalities[place].name

    def label(self, item: GoalStanding) -> str:
        """The goal's name."""
        return self.words.of(item.goal.label)

    def comments(self, goal: str | None = None, place: str | None = None) -> list[Comment]:
        """The approved comments on exactly this goal and this municipality."""
        return [
            one for one in self.material.comments if one.goal == goal and one.municipality == place
        ]
