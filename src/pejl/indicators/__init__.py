"""Measures every goal of a contract over a snapshot: the only place in Pejl that counts."""
