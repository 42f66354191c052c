"""Reasons to doubt: earlier trends, sensitivity, placebo dates, power."""
