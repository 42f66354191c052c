"""A line break in a name must not begin another header of a letter."""

from datetime import date
from types import SimpleNamespace

import pytest

from pejl_hub.core.text import one_line
from pejl_hub.events.mail import letters as events
from pejl_hub.referrals import mail as referrals
from pejl_hub.reporting import letters as reporting
from pejl_hub.surveys.mail import letters as surveys

BREAKS = ("\r\n", "\n", "\r", "\r\n\r\n<script>", "\x0b", "\u2028", "\x85")


def attack(mark):
    return f"Anker{mark}Bcc: offer@example.dk"


@pytest.mark.parametrize("mark", BREAKS)
def test_the_subject_of_every_letter_is_one_line(mark):
    day, text = date(2024, 5, 18), attack(mark)
    report = SimpleNamespace(title=text, as_of=day, language="da")
    delivery = SimpleNamespace(report=report, about="release")
    recalled = SimpleNamespace(report=report, about=reporting.About.RECALL)
    subjects = [
        events._subject("confirmed", one_line(text)),
        reporting._subject(delivery),
        reporting._subject(recalled),
        surveys._subject("invitation", text),
        surveys._subject("reminder", text),
    ]
    for subject in subjects:
        assert subject.splitlines() == [subject]
        assert "Anker" in subject


@pytest.mark.parametrize("mark", BREAKS[:3])
def test_a_letter_to_an_address_with_a_break_goes_to_nobody_else(mark):
    asked_by = SimpleNamespace(email="alice@hub.example")
    letter = SimpleNamespace(
        subject=attack(mark), body="Hej", to=f"bo@example.dk{mark}Bcc: x@y.dk", asked_by=asked_by
    )
    made = referrals.email_of(letter)
    assert "\n" not in made.subject
    with pytest.raises(ValueError, match=r"newline|eader"):
        made.message()
