"""Decides what may leave the house: small counts are hidden, and whatever would give them away."""
