"""The question, the rules, the themes, and what is hidden in a text before anybody reads it."""

from datetime import date
from pathlib import Path

import pytest

from pejl.base.errors import UserError
from pejl.contract.goal import Clause
from pejl.contract.load import load
from pejl.surveys.masking import mask
from pejl.surveys.question import question_in
from pejl.surveys.rules import Theme, load_evaluation, load_themes
from pejl.surveys.themes import count, themes_in

HUB = Path(__file__).parents[3] / "contracts" / "hovedstaden"
RULES = HUB / "survey" / "evaluation.yaml"


class TestQuestion:
    def test_it_stands_word_for_word_in_the_contracts_source(self):
        contract = load(HUB / "2024.yaml")
        question = question_in(contract.clauses[load_evaluation(RULES).question_clause])
        assert question in " ".join(contract.source_text.split())
        assert question.startswith("Hvor sandsynligt er det, at du vil anbefale Erhvervshuset")
        assert question.endswith("dit netværk?")

    def test_another_question_in_the_clause_is_another_question_asked(self):
        assert (
            question_in(Clause("M3.1", "", "anmodes om svar på: “Hvad nu?” og mere")) == "Hvad nu?"
        )

    def test_a_clause_without_a_quoted_question_is_refused(self):
        with pytest.raises(UserError, match="quotes the question"):
            question_in(Clause("M3.1", "", "Målet opgøres af Erhvervsstyrelsen."))


class TestRules:
    def test_the_rules_that_hold_are_the_latest_not_after_the_day(self, tmp_path):
        text = RULES.read_text("utf-8")
        later = text[text.index("  2024-01-01:") :].replace("2024-01-01", "2025-01-01")
        changed = tmp_path / "evaluation.yaml"
        changed.write_text(
            text + later.replace("wait_days: {value: 14", "wait_days: {value: 21"), "utf-8"
        )
        found = load_evaluation(changed)
        assert found.on(date(2024, 12, 31)).wait_days == 14
        assert found.on(date(2025, 1, 1)).wait_days == 21

    def test_a_day_before_the_rules_is_refused(self):
        with pytest.raises(UserError, match="when the rules begin"):
            load_evaluation(RULES).on(date(2023, 12, 31))

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("smallest_group: {value: 5", "smallest_group: {value: 2"),
            ("value: [7, 14]", "value: [7, 14, 21]"),
            ("once_per: {value: half_year", "once_per: {value: week"),
            ("    wait_days:", "    wait_dayz:"),
        ],
    )
    def test_a_rule_that_cannot_be_is_refused_with_its_line(self, tmp_path, right, wrong):
        text = RULES.read_text("utf-8")
        assert right in text
        broken = tmp_path / "evaluation.yaml"
        broken.write_text(text.replace(right, wrong), "utf-8")
        with pytest.raises(UserError, match="line "):
            load_evaluation(broken)

    def test_a_person_is_asked_once_in_a_half_year(self):
        rules = load_evaluation(RULES).on(date(2024, 1, 1))
        assert rules.period_of(date(2024, 6, 30)) == "2024-01"
        assert rules.period_of(date(2024, 7, 1)) == "2024-07"


class TestThemes:
    THEMES = (
        Theme("waiting", {}, ["vent*", "fulgt op"]),
        Theme("funding", {}, ["lån"]),
    )

    def test_a_text_counts_once_for_a_theme_however_many_words_it_holds(self):
        texts = ["Vi ventede og ventede", "Blev fulgt op", "Et lån", "Intet"]
        assert count(texts, self.THEMES) == {"waiting": 2, "funding": 1}

    def test_a_word_is_found_from_its_beginning_only_and_whole_without_a_star(self):
        assert themes_in("forventning og lånt", self.THEMES) == []

    def test_the_word_that_was_found_is_told(self):
        assert [found.word for found in themes_in("Lang ventetid", self.THEMES)] == ["ventetid"]

    def test_the_hubs_own_lists_can_be_read(self):
        themes = load_themes(HUB / "survey" / "themes.yaml")
        assert "adviser" in count(["Min rådgiver var dygtig"], themes)


class TestMasking:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("cpr 251299-1234.", "cpr [CPR]."),
            ("cpr 2512991234", "cpr [CPR]"),
            ("cpr 251299 – 1234", "cpr [CPR]"),
            ("skriv til bo.hansen@firma.dk!", "skriv til [e-mail]!"),
            ("bo.hansen(at)firma.dk", "[e-mail]"),
            ("ring 20304050", "ring [tlf.]"),
            ("ring 20 30 40 50 nu", "ring [tlf.] nu"),
            ("ring 2030 4050", "ring [tlf.]"),
            ("ring +45 20 30 40 50", "ring [tlf.]"),
            ("ring 0046 70 123 45 67", "ring [tlf.]"),
        ],
    )
    def test_what_could_tell_who_wrote_is_hidden(self, text, shown):
        found = mask(text)
        assert (found.text, found.hidden) == (shown, 1)

    @pytest.mark.parametrize(
        "text",
        [
            "Vi sparede 1.250.000 kr.",
            "Fra 2023 til 2024",
            "15-20 timer",
            "C++ @ kontoret",
            "kl. 10.30",
        ],
    )
    def test_what_is_no_contact_detail_stays(self, text):
        assert mask(text).text == text
