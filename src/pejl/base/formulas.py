"""Texts that a spreadsheet would run as a formula: a file for people must not hold one."""

RISKY = ("=", "+", "-", "@", "\t", "\r")


def would_run(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula.

    Examples
    --------
    >>> would_run("=1+1"), would_run(" @SUM(A1)"), would_run("Firma A/S")
    (True, True, False)
    """
    return text.lstrip(" \n").startswith(RISKY)
