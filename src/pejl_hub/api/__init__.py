"""Figures, records and recording for other programs, by the rules of the pages."""
