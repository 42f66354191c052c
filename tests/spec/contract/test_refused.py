"""Each rule, case by case: what is changed in a good contract, and what the rule says of it."""

from pathlib import Path

import pytest

from pejl.contract.check import check
from tests.spec.contract import AMENDED, SMALL
from tests.spec.contract.test_rules import edited

ATTENDED = "where: {state: attended}"
HAVING = 'having: {employees: {op: ">=", value: 5}}, unit: percent}\n    target'
NUMBER = "{2024-01-01: {value: 500, clause: K1.2}}"
OTHER = "      more_than_5: {kind: share, of: guidance, where: {state: held}, "
LIMIT = 'disclosure: {2024-01-01: {minimum: 3, reason: "Skik"}}\namendments: []'
LATER = '}, 2025-01-01: {minimum: 5, reason: "x"}}'
SUM = "goals: [guidance, event_participants]"

# (rule, the text that is changed, the text that takes its place, what the rule says)
REFUSED = [
    ("no_anchors", "state: open", "state: !!str open", "the tag tag:yaml.org,2002:str"),
    ("no_anchors", "owner: hub", "owner: *hub", "the alias *hub"),
    ("labels_in_both", 'da: "NPS", en: "NPS"', 'en: "NPS"', "not written in Danish (da)"),
    ("texts_quoted", '"Baggrund; lover intet."', "Baggrund", "without quotation marks"),
    ("texts_quoted", 'da: "Vejledning",', "da: Vejledning,", "the text 'Vejledning'"),
    ("numbers_complete", NUMBER, "{2024-01-01: {value: 500}}", "names no clause"),
    ("numbers_complete", NUMBER, "{2024-01-01: 500}", "the number 500 names no clause"),
    ("numbers_complete", NUMBER, "{2024-01-01: {clause: K1.2}}", "there must be one number"),
    ("numbers_complete", "value: 500,", "value: 500, expected: 500,", "there must be one number"),
    ("numbers_complete", ", unit: participant}", "}", "the target's number has no unit"),
    ("schema_kept", NUMBER, "{2024-13-01: {value: 500, clause: K1.2}}", "is not a date"),
    ("schema_kept", "value: 500,", 'value: "500",', "is '500', not a number"),
    ("schema_kept", "value: 500,", "value: 2.500.000,", "is '2.500.000', not a number"),
    ("schema_kept", "cadence: yearly", "rythm: yearly", "not a field of goals.nps_growth"),
    ("schema_kept", "kind: nps, of: answer,", "kind: nps,", "has no 'of'"),
    ("schema_kept", "kind: nps,", "kind: smiley,", "is 'smiley', not one of count"),
    ("schema_kept", "kind: sum, goals:", "kind: count, goals:", "exactly one of 'of', 'parts'"),
    ("schema_kept", "state: open", "state: decided", "has no 'decided'"),
    ("schema_kept", "id: lille-2024", "id: Lille 2024", "is not written as it must be"),
    ("references_exist", 'group: "Mål 1"', 'group: "Mål 9"', "there is no group Mål 9"),
    ("references_exist", "hub: hovedstaden", "hub: lilleby", "no territory for the hub lilleby"),
    ("references_exist", "chosen: at_least_5", "chosen: about_5", "there is no reading about_5"),
    ("references_exist", SUM, "goals: [guidance, webinars]", "there is no goal webinars"),
    ("references_exist", "    measured_by: authority",
     "    method_clause: M9.9\n    measured_by: authority", "there is no clause M9.9"),
    ("quotes_in_source", 'K1.1: {heading: "1) Vejledning"', 'K1.1: {heading: "2) Vejledning"',
     "the heading of K1.1 does not stand in"),
    ("quotes_in_source", "[NPS er mindst", "[NPS  var mindst", "it differs at 'var'"),
    ("quotes_apart", "Huset ligger i Lilleby.", "Huset", "stands in the source in 2 places"),
    ("clauses_used", "orphans:\n", 'orphans:\n  M1.1: "Overflødig."\n', "the duty monthly uses it"),
    ("numbers_in_quotes", HAVING, HAVING.replace("5", "10"), "does not hold the limit 10"),
    ("pending_expected", "    awaits: framework_agreement\n", "", "does not say what it awaits"),
    ("pending_expected", "value: 500,", "expected: 500,", "is agreed on 2024-01-01"),
    ("measures_known", "of: attendance", "of: attendances", "there is no table attendances"),
    ("measures_known", "score: nps", "score: smile", "the table answer has no column smile"),
    ("measures_known", ATTENDED, "where: {status: attended}", "has no column status"),
    ("measures_known", ATTENDED, "where: {national_programme: 1}", "not what the column holds"),
    ("measures_known", ATTENDED, 'where: {state: {op: ">=", value: 5}}', "only a number can be"),
    ("measures_known", ATTENDED, 'where: {employees: {op: ">="}}', ">= needs a value"),
    ("measures_known", ATTENDED, "where: {segment: {op: in_territory}}", "suits a municipality"),
    ("measures_known", ATTENDED, "where: {segment: {op: known, value: 5}}", "takes no value"),
    ("measures_known", "unit: participant", "unit: people", "there is no unit people"),
    ("measures_known", "unit: nps}", "unit: percent}", "a measure of kind nps has the unit nps"),
    ("measures_known", SUM, "goals: [guidance, guidance_5plus]", "is of kind share"),
    ("measures_known", "unit: participant", "dated_by: state, unit: participant",
     "has no date column state"),
    ("breakdowns_known", "unit: nps}\n", "unit: nps, adds_up_over: [month]}\n",
     "has no such breakdown"),
    ("breakdowns_known", f"kind: count, of: attendance, {ATTENDED},",
     "kind: reported,", "the measure counts no records"),
    ("dates_fit", "status: {2024-01-01: pending}", "status: {2024-02-01: pending}",
     "has no status on the first day"),
    ("dates_fit", "to: 2024-12-31", "to: 2023-12-31", "the period ends before it begins"),
    ("dates_fit", "{from: 2024-01-01", "{from: 2018-01-01", "has no territory on 2018-01-01"),
    ("dates_fit", "amendments: []", LIMIT.replace("2024", "2025"), "there is no minimum on the"),
    ("dates_fit", "amendments: []", LIMIT.replace("}}", LATER),
     "2025-01-01 is after the period"),
    ("schema_kept", "amendments: []", LIMIT.replace("3", "1"), "1"),
    ("schema_kept", "amendments: []", LIMIT.replace(', reason: "Skik"', ""), "has no 'reason'"),
    ("references_exist", "amendments: []", LIMIT.replace("}}", ", clause: K9.9}}"),
     "there is no clause K9.9"),
    ("interpretations_read", OTHER, OTHER.replace("more_than_5", "at_least_5"),
     "is also an alternative"),
    ("interpretations_read", '{op: ">", value: 5}}', '{op: ">=", value: 5}}',
     "is measured as the chosen one is"),
    ("interpretations_read", "    goal: guidance_5plus\n", "", "has a measure, but no goal"),
]  # fmt: skip

ACCEPTED = [
    (ATTENDED, "where: {state: [attended, registered]}"),
    (ATTENDED, "where: {national_programme: true}"),
    (ATTENDED, 'where: {employees: {op: ">", value: 500}}'),  # 500 stands in the quote
    (ATTENDED, "where: {municipality: {op: in_territory}}"),
    (ATTENDED, "where: {segment: {op: known}}"),
    (ATTENDED, 'where: {municipality: "101"}'),
    ("unit: participant", "dated_by: held_on, unit: participant"),
    ("breakdowns: [month, size]", "breakdowns: [month, municipality, segment, size]"),
    (OTHER + 'having: {employees: {op: ">", value: 5}}, unit: percent}', "      more_than_5: {}"),
    ("state: open", 'state: decided\n    decided: {on: 2024-03-01, by: "KKR"}'),
    ("quote: \"Samlet set forventes 1.500", "quote: \"Samlet  set\n    forventes 1.500"),
    ("id: lille-2024", 'id: "lille-2024"'),
    ("amendments: []", LIMIT),
    ("amendments: []", LIMIT.replace("}}", ", clause: K1.1}}")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "old", "new", "says"), REFUSED, ids=[f"{case[0]}: {case[3]}" for case in REFUSED]
)
def test_it_is_refused(rule: str, old: str, new: str, says: str, tmp_path: Path) -> None:
    findings = check(edited(SMALL, tmp_path, (old, new)))
    assert [f for f in findings if f.rule == rule and says in f.message], findings


@pytest.mark.parametrize(("old", "new"), ACCEPTED, ids=[case[1] for case in ACCEPTED])
def test_it_is_accepted(old: str, new: str, tmp_path: Path) -> None:
    assert check(edited(SMALL, tmp_path, (old, new))) == []


def test_the_document_of_an_amendment_is_checked_as_the_source_is(tmp_path: Path) -> None:
    missing = edited(AMENDED, tmp_path, ('document: "../source/tillaeg.txt"', 'document: "no.txt"'))
    said = {finding.rule: finding.message for finding in check(missing)}
    assert said["source_unchanged"] == "the file no.txt cannot be read"
    quoted = edited(AMENDED, tmp_path, ("NPS er mindst 65.", "NPS er mindst 66."))
    said = {finding.rule: finding.message for finding in check(quoted)}
    assert "it differs at '66.'" in said["quotes_in_source"]
    assert "the quote of A1 does not hold the number 65" in said["numbers_in_quotes"]
