"""The target adviser: what next year may bring, and what can be promised of it."""
