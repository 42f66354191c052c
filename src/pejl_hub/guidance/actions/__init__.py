"""Writes of guidance, each in a transaction with its audit entry."""
