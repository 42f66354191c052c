"""From a firm's dates to the periods that are compared."""

from dataclasses import dataclass

from pejl_effects.design.model import Design

REFERENCE = -1
"""Label of the window before guidance that everything is compared with."""


@dataclass(frozen=True)
class Window:
    """First and last period, both included. label : years from guidance, -1 = just before,
    1 = the first year after it ended."""

    label: int
    first: int
    last: int


def labels(design: Design) -> list[int]:
    """Labels of the windows compared with the reference, in order of time."""
    earlier = [REFERENCE - k for k in range(design.windows.history, 0, -1)]
    return earlier + list(range(1, target_label(design) + 1))


def target_label(design: Design) -> int:
    """The year after guidance that the goal is about: 2 for months 13-24 or the second year."""
    if design.windows.kind == "whole_year":
        return design.windows.after_to
    return -(-design.windows.after_to // design.year)


def windows_of(design: Design, started: int, ended: int) -> list[Window]:
    """The reference window first, then one for each label.

    Examples
    --------
    Rolling months: guidance in period 100 to 103 gives before = 88-99 and, for months 13-24
    after, 116-127. The year between (104-115) has label 1.
    """
    if design.windows.kind == "whole_year":
        return _whole_years(design, started, ended)
    return _rolling(design, started, ended)


def _rolling(design: Design, started: int, ended: int) -> list[Window]:
    w, year = design.windows, design.year
    out = [Window(REFERENCE, started - w.before, started - 1)]
    for label in labels(design):
        if label < 0:
            back = (REFERENCE - label) * year
            out.append(Window(label, started - w.before - back, started - 1 - back))
        else:
            back = (target_label(design) - label) * year
            out.append(Window(label, ended + w.after_from - back, ended + w.after_to - back))
    return out


def _whole_years(design: Design, started: int, ended: int) -> list[Window]:
    year = design.year
    begun, over = started // year, ended // year

    def calendar(label: int, number: int) -> Window:
        return Window(label, number * year, number * year + year - 1)

    out = [calendar(REFERENCE, begun - 1)]
    for label in labels(design):
        out.append(calendar(label, begun + label if label < 0 else over + label))
    return out
