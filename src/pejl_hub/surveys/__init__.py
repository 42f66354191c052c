"""Answers to the user evaluation."""
