"""Every field of every model is declared in the record of processing; a new one is noticed."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from pejl_hub.privacy.categories import BY_KEY
from pejl_hub.privacy.record import activities
from pejl_hub.privacy.register import KINDS, register, undeclared
from pejl_hub.privacy.words import KIND_WORDS, REACH_WORDS

TEXTS = (models.CharField, models.TextField)


def test_every_field_of_every_model_is_declared_once():
    assert undeclared() == []


def test_a_field_without_a_line_and_a_line_without_a_field_are_noticed():
    found = register()
    person = found.tables["companies.person"]
    less = {name: said for name, said in person.personal.items() if name != "email"}
    wrong = replace(person, personal=less, plain=(*person.plain, "nickname"), purpose="fun")
    tables = {**found.tables, "companies.person": wrong, "companies.ghost": person}
    del tables["companies.contact"]
    assert sorted(undeclared(replace(found, tables=tables))) == [
        "companies.contact: not declared",
        "companies.ghost: no such model",
        "companies.person.email: not declared",
        "companies.person.nickname: no such field",
        "companies.person: fun is not a purpose",
    ]


def test_what_leads_to_a_user_is_declared_as_staff_and_nothing_else_is():
    for label, table in register().tables.items():
        to_user = {
            field.name
            for field in table.model._meta.concrete_fields
            if field.related_model is get_user_model()
        }
        assert to_user == set(table.staff), label


def test_only_texts_addresses_and_json_are_personal():
    for table in register().tables.values():
        for one in table.fields():
            allowed = (*TEXTS, models.JSONField, models.GenericIPAddressField)
            assert isinstance(one.field, allowed), f"{table.label}.{one.name}"
            assert isinstance(one.field, models.JSONField) == (one.kind == "json"), one


def test_each_way_from_a_row_to_its_person_leads_there():
    for table in register().tables.values():
        own = table.fields("own")
        assert bool(own) == bool(table.of), table.label
        for kind, path in [*table.of.items(), *table.told.items()]:
            assert _end(table.model, path) is register().subjects[kind].model, table.label


def _end(model, path):
    for name in () if path == "self" else path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    return model


def test_what_says_who_somebody_is_belongs_to_their_own_row():
    for kind in register().subjects.values():
        own = {one.name for one in register().tables[kind.label].fields("own")}
        said = {*kind.name, kind.email, kind.phone, kind.login, kind.number} - {""}
        assert said <= own, kind.key
        for name in said:
            try:
                kind.model._meta.get_field(name)
            except FieldDoesNotExist:
                raise AssertionError(f"{kind.key}: {name}") from None


@pytest.mark.django_db
def test_every_kind_and_every_rule_of_retention_has_words_and_a_purpose():
    assert set(KIND_WORDS) == KINDS
    assert set(REACH_WORDS) == {"own", "said", "log"}
    named = {key for purpose in register().purposes.values() for key in purpose.retention}
    assert named == set(BY_KEY)
    assert all(line.fields for line in activities() if line.purpose.key != "formidling")
