"""The contract's question, word for word, out of the clause that quotes it."""

from pejl.base.errors import UserError
from pejl.contract.goal import Clause

OPENING = "’‘'\"”“»„"


def question_in(clause: Clause) -> str:
    """The first question that stands in quotation marks in the clause's quote.

    The source may have lost its closing mark (M3.1 has), so the question mark ends the question.

    Raises
    ------
    UserError
        When the clause quotes no question.

    Examples
    --------
    >>> question_in(Clause("M1", "", "… svare på spørgsmålet: ’Hvor sandsynligt er det?"))
    'Hvor sandsynligt er det?'
    """
    until, mark, _rest = clause.quote.partition("?")
    starts = [until.rfind(sign) for sign in OPENING]
    if not mark or max(starts) < 0:
        raise UserError(
            given=f"the clause {clause.id}: {clause.quote}",
            needed="a clause that quotes the question to ask",
            remedy="Name the clause with the question under question.clause.",
        )
    return f"{until[max(starts) + 1 :].strip()}?"
