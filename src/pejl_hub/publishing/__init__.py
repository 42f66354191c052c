"""Editions: what readers outside the house may see, protected once and kept as published."""
