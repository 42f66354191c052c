"""Writes of the user evaluation, each in a transaction with what belongs to it."""
