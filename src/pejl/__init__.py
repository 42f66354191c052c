"""Keeps a business hub's results contract: the contract as data, figures counted from snapshots."""

__version__ = "0.2.0"
