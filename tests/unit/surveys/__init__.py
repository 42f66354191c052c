"""The hub's own user evaluation."""
