"""Programmes, their rounds, and the courses and grants given."""
