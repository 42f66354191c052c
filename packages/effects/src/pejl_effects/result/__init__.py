"""The results file: what was measured, how, on which data, and the verdict."""
