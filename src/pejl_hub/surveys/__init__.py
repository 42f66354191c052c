"""The user evaluation: whom to ask, asking them, and their answers."""
