"""What each check says of records, drawn: the wrong beside the right, and what cannot be told."""

import pytest

from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.finding import Finder
from pejl_hub.quality.registers import REGISTERS
from tests.spec.figures import drawn
from tests.spec.quality import plain
from tests.spec.quality.drawing import ASKED, expected_and_said

# check, register, records; a record of which nothing is said is not looked at.
DRAWN = [
    (
        "uden-stoerrelse",
        "guidance",
        """
client    | client_kind | segment      | employees | held_on    | state     | says
C1        | company     | growth       |           | 2024-02-01 | held      | wrong
C1        | company     |              |           | 2024-02-01 | held      | wrong
C1        | company     | growth       | 0         | 2024-02-01 | held      | fine
C1        | company     | pre_starter  |           | 2024-02-01 | held      | untold
P7        | person      | pre_starter  |           | 2024-02-01 | held      | untold
C1        | company     | growth       |           | 2024-02-01 | cancelled |
C1        | company     | growth       |           | 2023-12-31 | held      |
C1        | company     | growth       |           | 2024-07-01 | held      |
""",
    ),
    (
        "uden-stoerrelse",
        "outreach",
        """
client | employees | contacted_on | says
C1     |           | 2024-02-01   | wrong
C1     | 12        | 2024-02-01   | fine
""",
    ),
    (
        "uden-kommune",
        "participation",
        """
client | client_kind | municipality | stated_on  | state     | says
C1     | company     |              | 2024-02-01 | committed | wrong
C1     | company     |              | 2024-02-01 | paid      | wrong
C1     | company     | 265          | 2024-02-01 | running   | fine
C1     | company     |              | 2024-02-01 | applied   |
""",
    ),
    (
        "sent",
        "guidance",
        """
client | held_on    | recorded_on | state | says
C1     | 2024-03-01 | 2024-03-15  | held  | fine
C1     | 2024-03-01 | 2024-03-16  | held  | wrong
C1     | 2024-03-01 |             | held  | untold
""",
    ),
    (
        "fremtid",
        "guidance",
        """
client | held_on    | recorded_on | state   | says
C1     | 2024-07-15 |             | held    | fine
C1     | 2024-07-16 |             | held    | wrong
C1     | 2024-07-16 |             | planned |
C1     | 2024-05-02 | 2024-05-01  | held    | wrong
C1     | 2024-05-02 | 2024-05-02  | held    | fine
""",
    ),
    (
        "fremtid",
        "attendance",
        """
client | held_on    | state    | says
C1     | 2024-12-31 | attended | wrong
C1     | 2024-06-30 | attended | fine
""",
    ),
    (
        "dublet",
        "guidance",
        """
client | held_on    | type        | state     | says
C1     | 2024-03-01 | specialised | held      | fine
C1     | 2024-03-01 | specialised | held      | wrong
C1     | 2024-03-01 | orienting   | held      | fine
C1     | 2024-03-02 | specialised | held      | fine
C2     | 2024-03-01 | specialised | held      | fine
C1     | 2024-03-01 | specialised | cancelled |
       | 2024-03-01 | specialised | held      | untold
""",
    ),
    (
        "dublet",
        "attendance",
        """
client | held_on    | event_id | state    | says
C1     | 2024-03-01 | 4        | attended | fine
C1     | 2024-03-01 | 4        | attended | wrong
C1     | 2024-03-01 | 5        | attended | fine
""",
    ),
    (
        "uden-for-omraadet",
        "guidance",
        """
client | municipality | held_on    | state | says
C1     | 101          | 2024-03-01 | held  | fine
C1     | 265          | 2024-03-01 | held  | wrong
C1     |              | 2024-03-01 | held  | untold
""",
    ),
    (
        "segmentspring",
        "guidance",
        """
client | segment      | held_on    | state | says
C1     | growth       | 2023-11-01 | held  |
C1     | operating    | 2024-02-01 | held  | wrong
C1     | operating    | 2024-03-01 | held  | fine
C1     | entrepreneur | 2024-04-01 | held  | wrong
C2     | entrepreneur | 2024-02-01 | held  | untold
C2     | growth       | 2024-03-01 | held  | fine
C3     | pre_starter  | 2024-02-01 | held  | untold
C3     | operating    | 2024-02-01 | held  | fine
C4     | growth       | 2022-02-01 | held  |
C4     | operating    | 2024-02-01 | held  | untold
""",
    ),
    (
        "person-uden-virksomhed",
        "guidance",
        """
client | client_kind | segment     | held_on    | state | says
P7     | person      | pre_starter | 2024-02-01 | held  | wrong
P8     | person      | pre_starter | 2024-02-01 | held  | fine
P8     | person      | growth      | 2024-02-01 | held  | wrong
C1     | company     | growth      | 2024-02-01 | held  | untold
""",
    ),
]


@pytest.mark.parametrize(("check", "register", "drawing"), DRAWN)
def test_a_check_says_of_each_record_what_is_drawn(tmp_path, check, register, drawing):
    expected, said, slow = expected_and_said(tmp_path, check, register, drawing)
    assert said == {number: word for number, word in expected.items() if word}
    assert slow == said


def test_every_check_has_a_drawing_and_a_plain_one_beside_it():
    assert {check for check, _, _ in DRAWN} == set(CHECKS) == set(plain.PLAIN)


def test_the_issue_s_checks_are_all_there():
    assert len(CHECKS) == 8
    for check in CHECKS.values():
        assert set(check.registers) <= set(REGISTERS)
        assert check.what_ifs
        assert all((check.title, check.meaning, check.owner, check.fix))


def test_without_suggested_links_only_the_segment_tells_of_a_company(tmp_path):
    drawing = {(c, r): d for c, r, d in DRAWN}["person-uden-virksomhed", "guidance"]
    _, said, _ = expected_and_said(
        tmp_path, "person-uden-virksomhed", "guidance", drawing, links={}
    )
    assert said == {1: "fine", 2: "fine", 3: "wrong", 4: "untold"}


def test_the_parts_add_up_by_month_register_and_owner(tmp_path):
    snapshot = drawn.snapshot(
        tmp_path,
        guidance="""
client | client_kind | municipality | held_on    | state | team   | adviser
C1     | company     |              | 2024-02-01 | held  | growth | tove
C1     | company     | 101          | 2024-02-02 | held  | growth | tove
C1     | company     |              | 2024-03-01 | held  | growth | ravi
""",
        outreach="""
client | contacted_on
C1     | 2024-03-01
""",
    )
    found = Finder(snapshot, ASKED).found(CHECKS["uden-kommune"])
    assert (found.wrong, found.checked) == (3, 4)
    assert found.month("2024-02") == (1, 2)
    assert found.month("2024-03") == (2, 2)
    assert found.month("2024-04") == (0, 0)
    assert found.registers == {"guidance": 2, "outreach": 1}
    assert found.owners == {
        ("guidance", "growth", "tove"): 1,
        ("guidance", "growth", "ravi"): 1,
        ("outreach", None, None): 1,
    }


def test_the_rows_of_a_jump_say_what_the_segment_was(tmp_path):
    text = {(c, r): d for c, r, d in DRAWN}["segmentspring", "guidance"]
    drawing = "\n".join(line.rsplit("|", 1)[0] for line in text.strip().splitlines())
    rows = Finder(drawn.snapshot(tmp_path, guidance=drawing), ASKED).rows(
        CHECKS["segmentspring"], "guidance"
    )
    assert {number: row.right for number, row in rows.items()} == {2: "growth", 4: "operating"}
