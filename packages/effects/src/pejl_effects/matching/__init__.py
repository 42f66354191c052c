"""Choosing control firms: strata, nearest neighbours, and how alike the groups became."""
