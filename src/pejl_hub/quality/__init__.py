"""Data quality: what is missing, late, double or odd, what it does to the figures, and the cure.

A new check is one file in ``checks/`` and one line of ``CHECKS``; ``checks/no_size.py`` is the
shortest to copy. Nothing is counted here that a figure depends on: the effect of rows on figures
is what ``pejl.indicators.evaluate`` says with them and without.
"""
