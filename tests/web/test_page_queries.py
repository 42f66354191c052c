"""The desk's pages ask the database no more when there is more: those that the benchmark times."""

import pytest
from benchmarks.hub import Size, fill
from benchmarks.pages import addresses
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 35
# Few enough to be quick, and enough for every page to have something to show.
FEW, MANY = Size(companies=80, guidances=2_000), Size(companies=240, guidances=4_000)


@pytest.fixture
def alice(signed_in):
    return signed_in("alice")


def questions(client, size):
    """How many queries each page takes with so many records; none of them stays."""
    counts = {}
    with transaction.atomic():
        fill(size)
        for name, address in addresses().items():
            # The second visit counts: what is looked up once for many visits is no page's own.
            for _ in range(2):
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(address)
                assert answer.status_code == 200, name
            counts[name] = len(asked)
        transaction.set_rollback(True)
    return counts


@pytest.mark.django_db
def test_no_page_asks_more_when_there_is_more_and_none_asks_much(alice):
    few, many = questions(alice, FEW), questions(alice, MANY)
    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}
    assert {name: count for name, count in many.items() if count > MOST_QUERIES} == {}
