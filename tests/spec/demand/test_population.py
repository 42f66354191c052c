"""The population as the hub holds it: one year of the table, with its hash and licence."""

import hashlib

import pytest

from pejl_hub.audit.models import AuditEntry
from pejl_hub.sources.models import Population, PopulationCell
from pejl_hub.sources.population import import_population, newest_population

pytestmark = pytest.mark.django_db
HEADER = "OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD\n"
# København 12 + 100 + 3, Ballerup 40 and one cell that is not published.
ROWS = "101;1;1-9;{0};12\n101;4;1-9;{0};100\n101;4;10+;{0};3\n151;4;1-9;{0};40\n151;4;10+;{0};..\n"


@pytest.fixture
def take(tmp_path):
    def taken(text):
        path = tmp_path / "ERHV6.csv"
        path.write_text(HEADER + text, encoding="utf-8-sig")
        return import_population(path=path, by=None)

    return taken


def test_a_year_is_kept_with_source_hash_and_licence(take, tmp_path):
    made = take(ROWS.format(2023))
    digest = hashlib.sha256((tmp_path / "ERHV6.csv").read_bytes()).hexdigest()
    assert (made.table, made.year, made.licence) == ("ERHV6", 2023, "CC BY 4.0")
    assert made.file_sha256 == digest
    assert AuditEntry.objects.get().details == {"year": 2023, "sha256": digest, "cells": 5}


def test_workplaces_are_added_by_place_industry_and_size(take):
    take(ROWS.format(2023))
    found = newest_population()
    assert found.by_municipality() == {"101": 12 + 100 + 3, "151": 40}
    assert found.by_industry(frozenset({"101"})) == {"1": 12, "4": 100 + 3}
    assert found.by_size(frozenset({"101", "151"})) == {(1, 9): 12 + 100 + 40, (10, None): 3}
    assert found.unpublished == 1


def test_a_later_file_of_the_same_year_takes_its_place(take):
    take(ROWS.format(2023))
    take("101;1;1-9;2023;7\n")
    assert Population.objects.count() == PopulationCell.objects.count() == 1


def test_the_newest_year_is_the_one_used_whatever_came_last(take):
    take(ROWS.format(2023))
    take(ROWS.format(2022))
    assert newest_population().source.year == 2023


def test_before_any_import_there_is_no_population():
    assert newest_population() is None
