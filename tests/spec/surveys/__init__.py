"""The user evaluation, chapter by chapter."""
