"""What the demo's guidances were about, and what came of them; an export of records has neither."""

from collections import defaultdict

from pejl_hub.demo import shape
from pejl_hub.demo.dice import Dice
from pejl_hub.guidance.models import Guidance, GuidanceState

AT_A_TIME = 500
USUAL = {
    "strategy": 20, "finance": 16, "sales": 18, "labour": 12, "law": 8, "ownership": 6,
    "innovation": 8, "crisis": 4, "export": 3, "digital": 3, "green": 2, "other": 4,
}  # fmt: skip
# Of a guidance within a priority area: what its companies mostly ask for.
ABOUT = {
    "Bæredygtighed": {"green": 70, "strategy": 12, "finance": 10, "innovation": 8},
    "Digitalisering": {"digital": 68, "sales": 14, "strategy": 10, "innovation": 8},
    "Internationalisering": {"export": 72, "sales": 12, "law": 10, "finance": 6},
    "Iværksætteri": {"start": 62, "finance": 16, "strategy": 12, "law": 10},
}
CAME_OF_IT = {"clarified": 38, "plan": 30, "programme": 14, "referred": 14, "nothing": 4}
KNOWN = 0.9  # the rest were not asked


def tell_needs() -> None:
    """Give each held guidance a need and an outcome from the hub's lists; they change no figure."""
    dice, found = Dice(shape.SEED), defaultdict(list)
    held = Guidance.objects.filter(need=None, state=GuidanceState.HELD, edited_at=None)
    for pk, area in held.order_by("pk").values_list("pk", "priority_area"):
        if dice.chance(KNOWN):
            need = dice.weighted(ABOUT.get(area or "", USUAL))
            found[need, dice.weighted(CAME_OF_IT)].append(pk)
    for (need, outcome), numbers in found.items():
        for first in range(0, len(numbers), AT_A_TIME):
            chosen = Guidance.objects.filter(pk__in=numbers[first : first + AT_A_TIME])
            chosen.update(need=need, outcome=outcome)
