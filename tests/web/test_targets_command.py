"""``pejl targets``: next year's promises as a table and as JSON, and the questions it refuses."""

import json

import pytest
from typer.testing import CliRunner

from pejl.base.errors import UserError
from pejl.snapshot.store import Snapshot
from pejl.targets.advice import Kind, Why, advise, kind_of
from pejl_hub.cli import app, targets
from pejl_hub.snapshots import actions
from pejl_hub.status import queries
from tests.web import drawn

DAY = "2024-12-31"


@pytest.fixture(autouse=True)
def hub(db, year: Snapshot, monkeypatch, tmp_path, settings):
    settings.DATA = tmp_path
    monkeypatch.setattr(targets, "ready", lambda: None)
    monkeypatch.setattr(actions, "ensure_snapshot", lambda day: year)


def asked(*options):
    made = CliRunner().invoke(app, ["targets", "--for-year", "2025", "--as-of", DAY, *options])
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception
    assert made.exit_code == 0, made.output
    return made.output


def test_every_goal_that_is_not_told_in_words_stands_in_the_json():
    told = json.loads(asked("--format", "json"))
    contract = queries.contracts()[-1]
    counted = [one.id for one in contract.goals.values() if one.measure["kind"] != "narrative"]
    assert [one["id"] for one in told["goals"]] == counted
    assert (told["for_year"], told["certainty"], told["as_of"]) == (2025, 0.8, DAY)


def test_a_goal_has_a_distribution_or_says_what_stands_in_the_way():
    for one in json.loads(asked("--format", "json"))["goals"]:
        if one["kind"] in ("count", "share", "none"):
            assert (one["next"] is None) == (one["why"] is not None), one["id"]


def test_each_kind_of_goal_has_its_own_advice(year):
    goals = queries.contracts()[-1].goals
    found = {goal: kind_of(one) for goal, one in goals.items()}
    assert found["guidance"] == found["net_unique"] == Kind.COUNT
    assert found["guidance_5plus"] == Kind.SHARE
    assert found["nps_growth"] == found["referral_use"] == Kind.SAMPLE
    assert found["effect_turnover"] == Kind.EFFECT
    assert found["awareness"] == found["monthly_views"] == Kind.NONE


def test_a_year_that_is_not_after_the_contract_s_is_refused_goal_by_goal(year):
    contract = queries.contracts()[-1]
    found = advise(contract, year, drawn.MID_YEAR, 2024)
    assert {one.why for one in found.values()} == {Why.PAST}


def test_the_table_is_for_people():
    assert "promised" in asked()


def test_a_day_outside_every_contract_is_refused():
    with pytest.raises(UserError, match="contract's period"):
        CliRunner().invoke(
            app, ["targets", "--for-year", "2025", "--as-of", "1999-01-01"], catch_exceptions=False
        )
