"""Importing views, for those who record publicity: LinkedIn, Meta and plain files."""
