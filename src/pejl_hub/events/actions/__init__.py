"""Writes of the events: making them, signing up, attending, settling, and taking in lists."""
