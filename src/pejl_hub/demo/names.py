"""Names that sound Danish and are plainly made up: no such place, company or person exists."""

from pejl_hub.demo.dice import Dice

PLACES = (
    "Fabelborg", "Opdigtsted", "Prøverup", "Eksempelholm", "Modelstrup", "Skitsenæs",
    "Udkastlund", "Mønsterby", "Tænkehøj", "Pejlestrand",
)  # fmt: skip
TRADES = (
    "Tømrerfirma", "Bageri", "Webbureau", "Keramik", "Cykler", "Bioteknik", "Gartneri",
    "Arkitekter", "Autoværksted", "Selskabsmad", "Robotteknik", "Møbler", "Rejser", "Regnskab",
    "Kaffe", "Træhuse", "Høreteknik", "Frisør", "Brætspil", "Energi", "Tekstil", "Lyd",
)  # fmt: skip
GIVEN = (
    "Agnes", "Aksel", "Alma", "Birk", "Dagny", "Ebbe", "Ellen", "Frode", "Gerda", "Holger",
    "Ida", "Johan", "Karen", "Lauge", "Maja", "Nohr", "Olga", "Palle", "Rigmor", "Samir",
    "Thyra", "Uffe", "Vibe", "Yasmin", "Zaki",
)  # fmt: skip
FAMILY = ("Prøvesen", "Demogaard", "Eksempelsen", "Opdigt", "Fabelund", "Skitsholm", "Modelsen")
OUTLETS = ("Fabelborg Folkeblad", "Prøverup Tidende", "Modelmagasinet", "Erhvervsskitsen")
RECIPIENTS = {
    "Privat": ("Advokaterne Prøverup", "Revision Modelstrup", "Rådgiverhuset Fabelborg"),
    "Offentlig": ("Opdigtsted Universitet", "Prøvefonden", "Eksempelholm Erhvervsservice"),
}
FORMS = ("ApS", "A/S", "I/S", "Enkeltmandsvirksomhed")
INDUSTRIES = ("433200", "471120", "561010", "620100", "702200", "749090", "310900", "012900")


def company_name(dice: Dice, number: int, form: str) -> str:
    """A company's name; the number keeps it from being anybody's."""
    legal = "" if form == "Enkeltmandsvirksomhed" else f" {form}"
    return f"{dice.one_of(PLACES)} {dice.one_of(TRADES)} {number}{legal}"


def person_name(dice: Dice) -> str:
    """A person's name."""
    return f"{dice.one_of(GIVEN)} {dice.one_of(FAMILY)}"


def cvr_number(seven: int) -> str | None:
    """The CVR number of seven digits with its check digit; None where there is no such number.

    The demo's begin with 9, far above those given out, so that none is a real company's.

    Examples
    --------
    >>> cvr_number(9000008), cvr_number(9000000)
    (None, '90000004')
    """
    digits = [int(digit) for digit in f"{seven:07d}"]
    rest = sum(w * d for w, d in zip((2, 7, 6, 5, 4, 3, 2), digits, strict=True)) % 11
    check = (11 - rest) % 11
    return None if check == 10 else f"{seven:07d}{check}"
