"""Publicity: newsletter levels, press and channel views."""
