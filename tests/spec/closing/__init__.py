"""Closed months: what was signed stays, and what moved since is told."""
