"""What is wrong with the demo's export, so that refused rows and repeated rows can be seen."""

from dataclasses import dataclass

from pejl_hub.demo.dice import Dice
from pejl_hub.demo.rows import FILES, Export, Row


@dataclass(frozen=True)
class Flaw:
    """So many rows of a file whose column holds what cannot be accepted."""

    file: str
    column: str
    value: str
    rows: int


FLAWS = (
    Flaw("vejledninger", "Dato", "31-02-2024", 9),
    Flaw("vejledninger", "Klient", "SMV999999", 6),
    Flaw("vejledninger", "Type", "Andet", 7),
    Flaw("vejledninger", "Segment", "Ved ikke", 5),
    Flaw("vejledninger", "AnsatteVedVejledning", "mange", 4),
    Flaw("vejledninger", "AnsatteVedVejledning", "-4", 3),
    Flaw("vejledninger", "Kommune", "999", 6),
    Flaw("deltagelser", "Status", "Måske", 12),
    Flaw("deltagelser", "Klient", "POT999999", 8),
    Flaw("deltagelser", "ArrangementId", "A999999", 5),
    Flaw("programdeltagelser", "ProgramId", "P99", 6),
    Flaw("programdeltagelser", "AnsøgtBeløb", "12.5OO,00", 5),
    Flaw("programdeltagelser", "Dato", "2024-13-01", 4),
    Flaw("opsoegende", "CVR", "90000005", 6),
    Flaw("opsoegende", "CVR", "1234567", 4),
)
REPEATED = 40
PREFIXES = {"vejledninger": "V", "deltagelser": "D", "programdeltagelser": "PD", "opsoegende": "O"}


def add_flaws(dice: Dice, export: Export) -> None:
    """Add the faulty rows, each a sound row spoilt in one column, and some rows a second time."""
    sound = {file: tuple(rows) for file, rows in export.files.items()}
    for flaw in FLAWS:
        for _ in range(flaw.rows):
            _spoil(dice.one_of(sound[flaw.file]), export, flaw)
    twice = (dice.one_of(sound["vejledninger"]) for _ in range(REPEATED))
    export.files["vejledninger"].extend(dict(row) for row in twice)


def _spoil(sound: Row, export: Export, flaw: Flaw) -> None:
    number = export.next_id(flaw.file, PREFIXES[flaw.file])
    spoilt = {**sound, FILES[flaw.file][0]: number, flaw.column: flaw.value}
    export.files[flaw.file].append(spoilt)
