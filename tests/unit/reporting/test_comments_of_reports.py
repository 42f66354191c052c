"""Which comments a report prints, told by one hash."""

from pejl.reports.material import Comment
from pejl_hub.reporting.comments import hash_of

WHOLE = Comment("Foråret var travlt.", "Ravi", "Dorte", goal="guidance")
BALLERUP = Comment("Nyt hus.", "Ravi", "Dorte", municipality="151")
GENTOFTE = Comment("Ferie.", "Ravi", "Dorte", municipality="157")


def test_a_municipality_prints_its_own_and_those_on_the_whole():
    own = hash_of([WHOLE, BALLERUP, GENTOFTE], "151")
    assert own == hash_of([BALLERUP, WHOLE], "151")
    assert own != hash_of([WHOLE], "151")


def test_a_report_of_the_whole_hub_may_print_all():
    assert hash_of([WHOLE, BALLERUP], "") != hash_of([WHOLE, BALLERUP, GENTOFTE], "")


def test_one_other_word_or_name_is_another_hash():
    others = [
        Comment("Foråret var stille.", "Ravi", "Dorte", goal="guidance"),
        Comment("Foråret var travlt.", "Tove", "Dorte", goal="guidance"),
        Comment("Foråret var travlt.", "Ravi", "Dorte", goal="orientation"),
    ]
    assert len({hash_of([one], "") for one in (WHOLE, *others)}) == 4


def test_none_has_no_hash():
    assert hash_of([], "151") == hash_of([GENTOFTE], "151") == ""
