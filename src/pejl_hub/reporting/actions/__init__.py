"""Writes of the reports, one file for each step of their way."""
