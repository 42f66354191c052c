"""How a standing is said: figures, targets and lights as words. Nothing is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pejl.base import wording
from pejl.base.units import UNITS
from pejl.contract.goal import Goal
from pejl.indicators.result import Figure, Hidden, Suppressed
from pejl.standing.result import GoalStanding, Light
from pejl.standing.words import LIGHTS
from pejl_hub.core.templatetags.pejl import language


def light_word(light: Light) -> str:
    """The light in words, the same as on the command line."""
    return LIGHTS[language()][light]


@dataclass(frozen=True)
class Bar:
    """The pace bar on a width of 100, the target always at 80; None where there is no mark."""

    value: float
    expected: float | None
    target: float = 80.0


@dataclass(frozen=True)
class Shown:
    """A figure in words: the number, its unit, the parts it is made of; measured or not."""

    measured: bool
    value: str
    unit: str
    parts: str = ""
    interval: str = ""


def amount(value: wording.Number, unit: str, more_decimals: int = 0) -> str:
    """A value in a goal's unit, without the unit's name; shares as per cent."""
    decimals = UNITS[unit].decimals + more_decimals
    if unit == "percent":
        return wording.share(value, decimals, language())
    return wording.number(value, decimals, language())


def promised(value: Decimal, unit: str) -> str:
    """A promised number as the contract writes it: whole numbers without decimals."""
    scaled = value * 100 if unit == "percent" else value
    whole = scaled == scaled.to_integral_value()
    return amount(value, unit, -UNITS[unit].decimals if whole else 0)


def unit_word(unit: str) -> str:
    """The unit's name beside a number; nothing for per cent, which the number carries."""
    if unit == "percent":
        return ""
    found = UNITS[unit]
    return found.en if language() == "en" else found.da


def shown(figure: Figure, unit: str, target: Decimal | None = None) -> Shown:
    """The figure in words; a missing figure is said to be missing, never zero."""
    if isinstance(figure, Hidden):
        return Shown(measured=False, value=_("·· hidden"), unit="")
    if isinstance(figure, Suppressed):
        return Shown(measured=False, value=_("too few answers"), unit="")
    if figure.value is None:
        return Shown(measured=False, value=light_word(Light.NOT_MEASURED), unit="")
    return Shown(
        measured=True,
        value=amount(figure.value, unit, _more(figure.value, unit, target)),
        unit=unit_word(unit),
        parts=_parts(figure),
        interval=_interval(figure, unit),
    )


def reading(figure: Figure | None, unit: str, measure: Mapping[str, Any] | None) -> Shown | None:
    """A reading's figure in the reading's own unit; None where the records cannot give one."""
    if figure is None:
        return None
    return shown(figure, str((measure or {}).get("unit", unit)))


def aim(standing: GoalStanding) -> Decimal | None:
    """The number to reach: agreed, else the expected one of a pending goal."""
    target = standing.target
    if target is None:
        return None
    return target.value if target.value is not None else target.expected


def expected_words(standing: GoalStanding) -> str:
    """What the pace asks for by now; nothing where the target is the same all year."""
    if standing.expected_by_now is None or standing.pace_method in ("constant", "none"):
        return ""
    if standing.target is None or standing.target.value is None:
        return ""
    return amount(standing.expected_by_now, standing.goal.unit)


def _more(value: Fraction, unit: str, target: Decimal | None) -> int:
    """More decimals where rounding would make a missed target look met."""
    if target is None:
        return 0
    scale = 100 if unit == "percent" else 1
    decimals = UNITS[unit].decimals
    return wording.apart(value * scale, Fraction(target) * scale, decimals) - decimals


def _parts(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return _("%(part)s of %(whole)s") % {
        "part": wording.number(figure.numerator, 0, language()),
        "whole": wording.number(figure.denominator, 0, language()),
    }


def _interval(figure: Figure, unit: str) -> str:
    if figure.interval is None:
        return ""
    return _("%(low)s to %(high)s, n = %(n)s") % {
        "low": amount(figure.interval.low, unit),
        "high": amount(figure.interval.high, unit),
        "n": wording.number(figure.n or 0, 0, language()),
    }


def target_words(standing: GoalStanding) -> str:
    """The target in words: ``mindst 1.500``, ``forventet mindst 70``, or nothing."""
    target = standing.target
    if target is None:
        return ""
    if target.value is not None:
        return _comparison(target.op) % {"value": promised(target.value, standing.goal.unit)}
    if target.expected is not None:
        words = _comparison(target.op) % {"value": promised(target.expected, standing.goal.unit)}
        return _("expected %(target)s") % {"target": words}
    return ""


def _comparison(op: str) -> str:
    return {
        ">=": pgettext("target", "at least %(value)s"),
        ">": pgettext("target", "more than %(value)s"),
        "<=": pgettext("target", "at most %(value)s"),
        "<": pgettext("target", "less than %(value)s"),
    }[op]


def bar(standing: GoalStanding) -> Bar | None:
    """Where value and expected-by-now stand against the target; None without both."""
    goal, value = aim(standing), standing.measured.figure.value
    if goal is None or value is None or goal <= 0:
        return None
    expected = standing.expected_by_now if expected_words(standing) else None
    return Bar(
        value=_place(value, goal),
        expected=None if expected is None else _place(expected, goal),
    )


def _place(value: Fraction, goal: Decimal) -> float:
    return round(float(min(max(value / Fraction(goal) * 80, Fraction(0)), Fraction(100))), 2)


def kind_of(goal: Goal) -> str:
    """The goal's kind, as the contract names it."""
    return str(goal.measure["kind"])


def text(value: Mapping[str, str]) -> str:
    """The contract's own text in the language of the page, else in Danish."""
    return value.get(language()) or value.get("da", "")
