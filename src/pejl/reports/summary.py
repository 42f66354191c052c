"""The first paragraph: what matters, put together of figures alone."""

from collections.abc import Sequence
from fractions import Fraction

from pejl.indicators.result import Suppressed
from pejl.reports import figures, places, tables
from pejl.reports.making import SCORED, Making
from pejl.standing.result import GoalStanding, Light, Standing

BEHIND = (Light.NOT_REACHED, Light.OFF_TRACK, Light.AT_RISK)
NAMED = 3  # goals furthest from their targets that are named
EVEN = 0.5


def of_goals(making: Making) -> str:
    """How the scored goals stand, which are furthest behind, the outlook, and what has moved."""
    parts = (_scored, _behind, _chance, _pending, _moved)
    return "".join(part(making) for part in parts)


def _scored(making: Making) -> str:
    words, day = making.words, making.words.day(making.day)
    told = (*SCORED, Light.NOT_MEASURED)
    lights = [item.light for item in making.goals if item.light in told]
    if not any(light in SCORED for light in lights):
        return words.say("sum.scored.none", day=day)
    counted = [
        words.say(f"light.{light}", n=lights.count(light)) for light in told if light in lights
    ]
    return words.say("sum.scored", day=day, n=len(lights), lights=words.listed(counted))


def _behind(making: Making) -> str:
    """The goals furthest behind, by the part of what was expected that is there."""
    words = making.words
    found = [
        item
        for item in making.goals
        if item.light in BEHIND and not isinstance(item.measured.figure, Suppressed)
    ]
    found = sorted(found, key=_reached)[:NAMED]
    if not found:
        return ""
    return words.say("sum.behind", goals=words.listed([_named(making, item) for item in found]))


def _reached(item: GoalStanding) -> Fraction:
    value, aim = item.measured.figure.value, item.expected_by_now or figures.aim(item)
    return Fraction(0) if value is None or not aim else value / Fraction(aim)


def _named(making: Making, item: GoalStanding) -> str:
    words = making.words
    value, now = figures.of_goal(item, words).text, figures.expected_now(item, words)
    told = {"goal": making.label(item), "value": value}
    if now.value is not None and making.day < making.contract.period.end:
        return words.say("sum.behind.now", now=now.text, **told)
    return words.say("sum.behind.target", target=figures.target(item, words).text, **told)


def _chance(making: Making) -> str:
    chances = [
        item.forecast.probability
        for item in making.goals
        if item.forecast is not None and item.forecast.probability is not None
    ]
    if not chances:
        return ""
    likely = sum(chance >= EVEN for chance in chances)
    return making.words.say("sum.chance", n=likely, of=len(chances))


def _pending(making: Making) -> str:
    found = len(making.pending)
    return making.words.say("sum.pending", n=found) if found else ""


def _moved(making: Making) -> str:
    found = tables.has_moved(making)
    if found is None:
        return ""
    day, moved = found
    return making.words.say("sum.moved", day=making.words.day(day), n=moved)


def of_place(making: Making, place: str, standing: Standing) -> str:
    """What the municipality's clients received, and its part of the hub's figures."""
    words, name = making.words, making.name_of(place)
    told = {"day": words.day(making.day), "place": name}
    items = [standing.goals[item.goal.id] for item in places.placed(making.goals)]
    given = [item for item in items if item.goal.measure["kind"] == "count"]
    known = [item for item in given if item.measured.figure.value]
    hidden = sum(isinstance(item.measured.figure, Suppressed) for item in items)
    if not known:
        return words.say("sum.place.none" if not hidden else "sum.place.few", **told) + (
            words.say("sum.place.hidden", n=hidden) if hidden else ""
        )
    services = "; ".join(_service(making, item) for item in known)
    parts = [words.say("sum.place", services=services, **told), _net(making, items)]
    parts += [words.say("sum.place.hidden", n=hidden) if hidden else ""]
    return "".join(parts)


def _service(making: Making, item: GoalStanding) -> str:
    words, label = making.words, making.label(item)
    value = figures.of_goal(item, words).text
    return words.say("sum.place.service", value=value, goal=label[0].lower() + label[1:])


def _net(making: Making, items: Sequence[GoalStanding]) -> str:
    """How many different clients, and the part of all participations, where both are shown."""
    words = making.words
    said = ""
    for item in items:
        value = figures.of_goal(item, words).text
        if not item.measured.figure.value:
            continue
        if item.goal.measure["kind"] == "sum":
            whole = making.standing.goals[item.goal.id]
            share = places.share(making, whole, item)
            if share.value is not None:
                said += words.say("sum.place.share", value=value, share=share.text)
        if item.goal.measure["kind"] == "distinct" and item.goal.measure.get("goals"):
            said += words.say("sum.place.net", value=value)
    return said
