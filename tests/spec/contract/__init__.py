"""The contract as data: what a file must hold, what is refused, and what is read out of it."""

from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
HOVEDSTADEN = REPOSITORY / "contracts" / "hovedstaden" / "2024.yaml"
SMALL = HERE / "good" / "lille.yaml"
AMENDED = HERE / "good" / "tillaeg.yaml"
