"""The demo's workplaces: a made-up file in the shape of StatBank's ERHV6."""

from pathlib import Path

from pejl_hub.demo.frame import Frame

FILE = "ERHV6-opdigtet.csv"
ALL = 62_000  # workplaces in the hub's municipalities, more or less
# Not the weights by which the demo's clients spread: some places are reached more than others.
PLACES: dict[str, float] = {
    "101": 33, "147": 6.5, "151": 3.1, "157": 5.6, "173": 4.1, "217": 3.6, "219": 3.2, "230": 4.4,
}  # fmt: skip
INDUSTRIES = {
    "1": 1.2, "2": 6, "3": 10, "4": 29, "5": 9, "6": 4, "7": 9, "8": 18, "9": 8, "10": 6,
}  # fmt: skip
SIZES = {
    "Under 1 ansat": 22, "1 ansat": 20, "2-4 ansatte": 23, "5-9 ansatte": 14, "10-19 ansatte": 10,
    "20-49 ansatte": 7, "50-99 ansatte": 2.5, "100 ansatte og derover": 1.5,
}  # fmt: skip


def write_workplaces(folder: Path, territory: frozenset[str], frame: Frame) -> Path:
    """Write the file as StatBank writes it: a mark, semicolons, a row a cell, and a total."""
    weights = {code: PLACES.get(code, frame.municipalities[code]) for code in sorted(territory)}
    whole = sum(weights.values()) * sum(INDUSTRIES.values()) * sum(SIZES.values())
    lines = ["OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD"]
    lines += [
        f"{code};{industry};{size};{frame.years[-2]};{round(ALL * place * trade * part / whole)}"
        for code, place in weights.items()
        for industry, trade in INDUSTRIES.items()
        for size, part in SIZES.items()
    ]
    lines.append(f"000;TOT;TOT;{frame.years[-2]};{ALL * 5}")
    path = folder / FILE
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return path
