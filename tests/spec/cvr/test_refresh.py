"""Refreshing all companies: from the register or a file, to its end or from where it stopped."""

import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.companies.models import Company, CompanySize
from pejl_hub.sources.cvr import refresh
from pejl_hub.sources.cvr.refresh import carry_out, resume, start_refresh
from pejl_hub.sources.cvr.register import RegisterDown, RegisterNotSetUp
from pejl_hub.sources.models import CvrRefresh, RefreshState
from tests.cvrregister import company, month

pytestmark = pytest.mark.django_db
ANKER, BOEGELY, CIRKEL, STRANGER = "10000009", "10000025", "10000033", "10000041"


@pytest.fixture
def three_companies():
    for cvr in (ANKER, BOEGELY, CIRKEL):
        Company.objects.create(cvr=cvr, name="Anker Design ApS")


@pytest.fixture(autouse=True)
def short_batches(monkeypatch):
    monkeypatch.setattr(refresh, "BATCH", 2)


def counts(run):
    return (run.looked_up, run.changed, run.absent, run.strangers, run.unreadable)


def test_all_companies_are_refreshed_and_none_is_made(three_companies, register_of):
    register_of(company(ANKER), company(BOEGELY), company(STRANGER))
    said = []
    run = carry_out(start_refresh(by=None, now=True), lambda now: said.append(now.reached))
    assert run.state == RefreshState.DONE
    assert counts(run) == (2, 2, 1, 0, 0)
    assert said == [BOEGELY, CIRKEL]
    assert Company.objects.count() == 3
    assert run.changes[0]["facts"][0][0] == "form"


def test_one_that_stops_keeps_what_it_reached_and_goes_on_from_there(three_companies, register_of):
    quick = register_of(company(ANKER), company(BOEGELY), company(CIRKEL))
    quick.troubles = ["ok", 400]
    run = start_refresh(by=None, now=True)
    with pytest.raises(UserError):
        carry_out(run)
    assert (run.state, run.reached) == (RefreshState.FAILED, BOEGELY)
    assert CompanySize.objects.count() == 2
    resume(run=run, by=None, now=True)
    carry_out(run)
    assert counts(run) == (3, 3, 0, 0, 0)
    asked = [q["query"]["bool"]["filter"][0]["terms"] for q in quick.questions]
    assert [len(next(iter(terms.values()))) for terms in asked] == [2, 1, 1]


def test_a_second_refresh_waits_for_the_first(three_companies, register_of):
    register_of()
    start_refresh(by=None, now=True)
    with pytest.raises(UserError, match="under way"):
        start_refresh(by=None, now=True)


def test_one_whose_process_is_gone_stands_in_nobodys_way(three_companies, register_of):
    register_of()
    old = timezone.now() - timedelta(seconds=refresh.SILENT_AFTER_SECONDS + 1)
    gone = CvrRefresh.objects.create(who="alice", state=RefreshState.RUNNING, heard_at=old)
    start_refresh(by=None, now=True)
    gone.refresh_from_db()
    assert gone.state == RefreshState.FAILED


def test_a_finished_one_is_not_resumed(three_companies, register_of):
    register_of()
    run = carry_out(start_refresh(by=None, now=True))
    with pytest.raises(UserError, match="has not stopped before its end"):
        resume(run=run, by=None)


def test_without_a_user_at_the_register_none_is_begun(settings):
    settings.PEJL_CVR_USER = ""
    with pytest.raises(RegisterNotSetUp):
        start_refresh(by=None)
    assert not CvrRefresh.objects.exists()


HITS = [company(ANKER), {"_source": {"Vrvirksomhed": company(STRANGER)}}, {"cvrNummer": "?"}]


def as_lines():
    return "\n".join(json.dumps(hit) for hit in HITS).encode()


def as_array():
    return json.dumps(HITS, indent=1).encode()


@pytest.mark.parametrize("written", [as_lines, as_array])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_of_hits_does_the_same_without_the_register(
    written, pack, three_companies, tmp_path
):
    path = tmp_path / "cvr.json"
    path.write_bytes(pack(written()))
    run = carry_out(start_refresh(by=None, path=path, now=True))
    assert counts(run) == (1, 1, 0, 1, 1)
    assert Company.objects.count() == 3


def test_a_file_goes_on_from_the_hit_that_it_reached(three_companies, tmp_path):
    path = tmp_path / "cvr.jsonl"
    path.write_bytes(as_lines() + b"\n" + json.dumps(company(BOEGELY)).encode() + b"\n{broken")
    run = start_refresh(by=None, path=path, now=True)
    with pytest.raises(UserError, match="cannot be read as JSON"):
        carry_out(run)
    assert (run.reached, run.looked_up) == ("4", 2)
    resume(run=run, by=None, now=True)
    with pytest.raises(UserError):
        carry_out(run)
    assert run.looked_up == 2


def test_a_file_that_has_changed_is_not_gone_on_with(three_companies, tmp_path):
    path = tmp_path / "cvr.json"
    path.write_bytes(as_array())
    run = start_refresh(by=None, path=path, now=True)
    path.write_bytes(as_lines())
    with pytest.raises(UserError, match="changed since"):
        carry_out(run)


def test_a_long_array_is_read_piece_by_piece(tmp_path, monkeypatch):
    from pejl_hub.sources.cvr import bulkfile

    monkeypatch.setattr(bulkfile, "PIECE", 7)
    path = tmp_path / "cvr.json"
    path.write_bytes(as_array())
    assert len(list(bulkfile.entries(path))) == 3


def test_a_register_that_goes_down_is_written_in_the_run(three_companies, register_of, monkeypatch):
    from pejl_hub.sources.cvr import register

    monkeypatch.setattr(register, "TRIES", 1)
    register_of(troubles=[503])
    run = start_refresh(by=None, now=True)
    with pytest.raises(RegisterDown):
        carry_out(run)
    assert "status 503" in CvrRefresh.objects.get().error


def test_a_second_time_from_the_same_file_changes_nothing(three_companies, tmp_path):
    path = tmp_path / "cvr.json"
    path.write_text(json.dumps([company(ANKER, erstMaanedsbeskaeftigelse=[month(2024, 1, 9)])]))
    assert carry_out(start_refresh(by=None, path=path, now=True)).changed == 1
    assert carry_out(start_refresh(by=None, path=path, now=True)).changed == 0
