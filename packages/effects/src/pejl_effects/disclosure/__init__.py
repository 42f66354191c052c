"""Keeps small and dominated cells out of what leaves the register."""
