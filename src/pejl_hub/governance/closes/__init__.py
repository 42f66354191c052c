"""Closing a month: what was signed is kept as it was, and can be computed again."""
