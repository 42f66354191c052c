"""Closed periods: after a close, a change is a correction with a reason, never silent."""
