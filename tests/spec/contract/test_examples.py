"""The examples in the docstrings of the contract's modules hold."""

import doctest
import importlib
import pkgutil

import pytest

import pejl.base
import pejl.contract

NAMES = [
    module.name
    for package in (pejl.base, pejl.contract)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", NAMES)
def test_each_example_gives_what_it_says(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [case for name in NAMES for case in finder.find(importlib.import_module(name))]
    assert sum(len(case.examples) for case in found) > 8
