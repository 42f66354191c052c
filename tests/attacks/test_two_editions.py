"""Two editions of one date, made by two workers at once: neither may tell what the other hides."""

import pytest

from pejl_hub.publishing import actions
from pejl_hub.publishing.models import Edition, State
from tests.web.drawn import MID_YEAR

pytestmark = pytest.mark.django_db


def test_an_edition_is_held_against_one_that_was_published_while_it_was_made(
    publishing, publication, monkeypatch
):
    """It is counted again: else it would hide for itself alone what the other may show."""
    held_against = []

    def slowly(*_given, earlier):
        held_against.append(earlier)
        if len(held_against) == 1:  # the other worker begins and ends meanwhile
            actions.ask_for_edition(day=MID_YEAR, by=None, now=True)
        return publication

    monkeypatch.setattr(actions, "publish", slowly)
    edition = actions.ask_for_edition(day=MID_YEAR, by=None, now=True)
    other = Edition.objects.exclude(pk=edition.pk).get()
    assert [one.state for one in (edition, other)] == [State.PUBLISHED] * 2
    assert held_against == [[], [], [other.shown_counts]]
    assert other.shown_counts
