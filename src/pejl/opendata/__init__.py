"""Published figures as a data package that any tool can read without knowing Pejl."""

from pejl.opendata.figures import Line
from pejl.opendata.package import About, package

__all__ = ["About", "Line", "package"]
