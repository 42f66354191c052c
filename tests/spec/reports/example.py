"""A small report of a made-up hub that holds every kind of block, and a cell in every state."""

from datetime import date
from fractions import Fraction

from pejl.reports.document import (
    Band,
    Bullets,
    Cell,
    Chart,
    Column,
    Definition,
    Document,
    Fact,
    Facts,
    Note,
    Paragraph,
    Quote,
    Section,
    Series,
    Stamp,
    State,
    Table,
)
from pejl.reports.words import Words

MONTHS = ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug."]
DONE = [118, 251, 402, 555, 689, 841]
PLACES = [
    ("Albertslund", 41),
    ("Bornholm", 112),
    ("Furesø", 37),
    ("Høje-Taastrup", 88),
    ("Ishøj", 0),
    ("København", 655),
    ("Lyngby-Taarbæk", 73),
    ("Rødovre", 29),
]


def whole(value: int, unit: str = "guidance", state: State = State.MEASURED) -> Cell:
    return Cell(Words("da").number(value), value, unit, state)


def share(value: Fraction, text: str) -> Cell:
    return Cell(text, value, "percent", State.MEASURED)


GOALS = Table(
    "maal",
    "Mål om vejledning og tilfredshed",
    [
        Column("Mål", wide=True),
        Column("Opgjort", numeric=True),
        Column("Måltal", numeric=True),
        Column("Status"),
    ],
    [
        [
            Cell("1-1 vejledninger"),
            whole(841),
            Cell("mindst 1.500", Fraction(1500), "guidance", State.MEASURED),
            Cell("På sporet"),
        ],
        [
            Cell("Heraf virksomheder med mindst fem ansatte på vejledningens dag"),
            share(Fraction(397, 841), "47,2\N{NO-BREAK SPACE}pct."),
            Cell("mindst 30\N{NO-BREAK SPACE}pct.", Fraction(3, 10), "percent", State.MEASURED),
            Cell("På sporet"),
        ],
        [
            Cell("Tilfredshed, vækstvirksomheder"),
            Cell("71,7", Fraction(4303, 60), "nps", State.PENDING),
            Cell("[mindst 70]", Fraction(70), "nps", State.PENDING),
            Cell("Afventer rammeaftalen"),
        ],
        [
            Cell("Kendskabsgrad"),
            Cell("–", None, "percent", State.MISSING),
            Cell("mindst 40\N{NO-BREAK SPACE}pct.", Fraction(2, 5), "percent", State.MEASURED),
            Cell("Ikke opgjort endnu"),
        ],
        [
            Cell("Chance for at nå målet"),
            Cell("under 1\N{NO-BREAK SPACE}pct.", Fraction(1, 300), "percent", State.ESTIMATED),
            Cell("", None, "percent"),
            Cell("Uden måltal"),
        ],
        [
            Cell('=HYPERLINK("http://ond.example";"Klik")'),
            Cell("+12", 12, "guidance", State.MEASURED),
            Cell("\N{MINUS SIGN}3,5", Fraction(-7, 2), "percentage_point", State.MEASURED),
            Cell("Ændring"),
        ],
    ],
    note="Mål i kantet parentes afventer rammeaftalen og bedømmes ikke.",
)
BY_PLACE = Table(
    "kommuner",
    "Ydelser efter kommune",
    [Column("Kommune", wide=True), Column("Vejledninger", True), Column("Deltagelser", True)],
    [
        *(
            [
                Cell(name),
                whole(count),
                Cell("··", None, "participation", State.WITHHELD)
                if name == "Rødovre"
                else whole(2 * count, "participation"),
            ]
            for name, count in PLACES
        ),
        [Cell("I alt"), whole(1035), whole(2012, "participation")],
    ],
    total=True,
)
MILESTONES = Table(
    "milepaele",
    "Milepæle: Grøn omstilling & lokale fællesskaber",
    [Column("Milepæl", wide=True), Column("Frist"), Column("Nået")],
    [
        [
            Cell("Partnerskab med tre kommuner er underskrevet"),
            Cell("31. marts 2024", date(2024, 3, 31), state=State.MEASURED),
            Cell("18. marts 2024", date(2024, 3, 18), state=State.MEASURED),
        ],
        [
            Cell("Halvtreds virksomheder har fået en klimaplan"),
            Cell("1. december 2024", date(2024, 12, 1), state=State.MEASURED),
            Cell("–", state=State.MISSING),
        ],
    ],
)
COURSE = Chart(
    "forloeb",
    "line",
    "1-1 vejledninger, måned for måned",
    "1-1 vejledninger: 841 ved udgangen af juni. Måltallets sti når 1.000 ved udgangen af august.",
    MONTHS,
    [
        Series("Opgjort", [*map(whole, DONE), None, None]),
        Series("Måltallets sti", [whole(125 * month) for month in range(1, 9)], "target"),
        Series(
            "Bedste skøn",
            [None] * 5 + [whole(n, state=State.ESTIMATED) for n in (841, 985, 1122)],
            "middle",
        ),
    ],
    [
        Band(
            "Prognose, 80 pct.",
            [None] * 6 + [whole(n, state=State.ESTIMATED) for n in (931, 1040)],
            [None] * 6 + [whole(n, state=State.ESTIMATED) for n in (1035, 1209)],
        )
    ],
    "guidance",
)
PLACES_CHART = Chart(
    "kommunefigur",
    "bars",
    "1-1 vejledninger efter kommune",
    "1-1 vejledninger efter kommune. Flest: København (655). Alle tal står i tabellen.",
    [name for name, _ in PLACES],
    [Series("Opgjort", [whole(count) for _, count in PLACES])],
    unit="guidance",
)
SIZES_CHART = Chart(
    "stoerrelser",
    "columns",
    "Andel efter antal ansatte",
    "Andel efter antal ansatte. Flest: 5-9 ansatte (50 pct.).",
    ["0-4", "5-9", "10-49", "50 og flere"],
    [Series("Ålykke", [share(Fraction(n, 4), f"{25 * n} pct.") for n in (1, 2, 1, 0)])],
    unit="percent",
)
STAMP = Stamp(
    contract_id="aalykke-2024",
    contract_sha256="5f" * 32,
    snapshot_id="20240630-1",
    snapshot_sha256="a7" * 32,
    as_of=date(2024, 6, 30),
    code_version="0.1.0",
)
FACTS = Facts(
    [
        Fact("Vejledninger", whole(841)),
        Fact("Andel med mindst fem ansatte", share(Fraction(397, 841), "47,2 pct.")),
        Fact("Forskellige klienter", whole(612, "client")),
        Fact("Kendskabsgrad", Cell("–", None, "percent", State.MISSING)),
    ]
)
SECTIONS = [
    Section(
        "maal",
        "Alle mål",
        [FACTS, Note("1 mål afventer rammeaftalen og bedømmes ikke."), GOALS],
        [Section("aaret", "Året måned for måned", [COURSE])],
    ),
    Section(
        "kommuner",
        "Kommunerne",
        [
            Paragraph("Kontrakten har ingen måltal for den enkelte kommune, så ingen bedømmes."),
            BY_PLACE,
            PLACES_CHART,
            SIZES_CHART,
        ],
        own_page=True,
    ),
    Section(
        "indsatser",
        "Særlige indsatser",
        [
            Bullets(["Tilstand: i gang", "Partnere: Ålykke Kommune & Ålykke Havn"]),
            MILESTONES,
            Quote(
                "Havnen har sagt ja til at være vært for forløbet i efteråret.",
                "Skrevet af Alice Dahl, godkendt af Bob Holm",
            ),
        ],
    ),
]
EXAMPLE = Document(
    kind="board",
    title="Status til bestyrelsen",
    subtitle="Erhvervshus Ålykke, opgjort til og med 30. juni 2024",
    language="da",
    hub_name="Erhvervshus Ålykke",
    as_of=date(2024, 6, 30),
    summary="Pr. 30. juni 2024 bedømmes 3 mål: 2 er på sporet, og 1 er ikke opgjort endnu. Længst"
    " fra målet er kendskabsgraden. 1 mål afventer rammeaftalen og bedømmes ikke.",
    sections=SECTIONS,
    stamp=STAMP,
    definitions=[
        Definition(
            "1-1 vejledninger",
            "Specialiserede vejledninger, der er holdt med iværksættere, vækst- og"
            " driftsvirksomheder fra årets begyndelse til og med datoen.",
            "K2.1",
        ),
        Definition("Kendskabsgrad", "Oplyses af en ekstern part.", "K1.4"),
    ],
    sources=["Erhvervshusets egne registreringer.", "Kendskabsgrad: opgøres af en ekstern part."],
    labels=Words("da").labels(),
)
