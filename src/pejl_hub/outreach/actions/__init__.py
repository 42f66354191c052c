"""Writes of this app: campaigns and their lists, bases for contact, and approaches."""
