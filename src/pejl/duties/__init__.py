"""Duties as dated occasions: what a contract's cadences mean in the calendar of its period."""
