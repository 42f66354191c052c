"""Sensitivity to trends that were not parallel (Rambachan & Roth 2023)."""

from pejl_effects.diagnostics.honest.event_study import EventStudy
from pejl_effects.diagnostics.honest.relative_magnitudes import relative_magnitudes
from pejl_effects.diagnostics.honest.sensitivity import Sensitivity, breakdown, sensitivity
from pejl_effects.diagnostics.honest.smoothness import smoothness

__all__ = [
    "EventStudy",
    "Sensitivity",
    "breakdown",
    "relative_magnitudes",
    "sensitivity",
    "smoothness",
]
