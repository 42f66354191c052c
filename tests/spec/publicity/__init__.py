"""Publicity: what is counted of outside exports, and what moves when it is."""
