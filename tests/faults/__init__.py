"""Faults outside Pejl: each has a calm message, and nothing is half written."""
