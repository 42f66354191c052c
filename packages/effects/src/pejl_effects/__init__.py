"""Measures what guidance changed in companies, against a control group."""

__version__ = "0.1.0"
