"""The companies room."""
