"""What the package promises about itself."""

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import pejl_effects

ROOT = Path(pejl_effects.__file__).parent
MODULES = sorted(m.name for m in pkgutil.walk_packages([str(ROOT)], "pejl_effects."))


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            out.add(node.module.split(".")[0])
    return out


def test_only_four_packages_are_imported_and_never_pejl_itself() -> None:
    found = set().union(*(_imported(p) for p in ROOT.rglob("*.py")))
    outside = found - set(sys.stdlib_module_names) - {"pejl_effects"}
    assert outside == {"numpy", "scipy", "duckdb", "pyarrow"}


@pytest.mark.parametrize("name", [m for m in MODULES if not m.endswith("__main__")])
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_module_says_what_it_is_for_in_one_sentence() -> None:
    for path in ROOT.rglob("*.py"):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said, path


def test_importing_the_estimator_does_not_wait_for_statistics_or_plots() -> None:
    code = (
        "import sys, pejl_effects.cube.effects; "
        "assert not {'scipy.stats', 'pandas', 'matplotlib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


LAYERS = (
    "cli", "report", "measure", "simulate", "result", "windows", "panel", "disclosure", "design",
    "diagnostics", "cube", "estimators", "matching", "groups", "inference",
)  # fmt: skip


def _rooms_used(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("pejl_effects.")
    }


def test_imports_go_one_way() -> None:
    for path in ROOT.rglob("*.py"):
        room = path.relative_to(ROOT).parts[0]
        if room not in LAYERS:
            continue
        above = set(LAYERS[: LAYERS.index(room)])
        assert not _rooms_used(path) & above, path


def test_every_room_is_in_the_order_of_imports() -> None:
    rooms = {p.parent.name for p in ROOT.glob("*/__init__.py")}
    assert rooms == set(LAYERS)


def test_the_readme_names_the_order_that_is_kept() -> None:
    readme = ROOT.parents[1] / "README.md"
    assert " > ".join(LAYERS) in readme.read_text(encoding="utf-8").replace("\n", " ")
