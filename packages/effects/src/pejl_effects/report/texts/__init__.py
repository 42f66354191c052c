"""The words of the report, one file for each language."""
