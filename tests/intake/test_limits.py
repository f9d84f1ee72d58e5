"""What a file may hold and cost is a setting of the installation, each of them obeyed."""

from random import Random

import pytest

from intake import desk
from office import clock
from tests.intake.corpus.case import HEAD, book, csv, xlsx

pytestmark = pytest.mark.django_db
TWO = xlsx(HEAD, ["A", 1, 2], ["B", 3, 4])


def found(admin, build, name="volumes.xlsx"):
    """Return (state, reasons) of a file."""
    batch = desk.receive(admin, "output", name, [build()], {"supplier": "S1", "create": True}, clock.moment())
    answer = desk.check(admin, batch, clock.moment())
    return answer["state"], [fault["reason"] for fault in answer["faults"]]


@pytest.mark.parametrize(
    ("setting", "enough", "too_little", "build", "reason"),
    [
        ("UPLOAD_MEMBERS", 5, 4, book, "The workbook has more than 4 parts inside."),
        ("UPLOAD_UNPACKED_MIB", 4, 2, lambda: book(extra=[("x", Random(1).randbytes(3_000_000))]), "The workbook is larger than 2 MiB when unpacked."),
        ("UPLOAD_RATIO", 1000, 9, lambda: book(extra=[("x", bytes(range(256)) * 12_000)]), "The workbook is packed more than 9 times smaller than its content, which is not plausible."),
        ("UPLOAD_ROWS", 3, 2, TWO, "The sheet “Volumes” has more than 2 rows."),
        ("UPLOAD_COLUMNS", 3, 2, TWO, "The sheet “Volumes” has more than 2 columns."),
        ("UPLOAD_CELL_CHARS", 9, 8, TWO, "A cell in row 1 of the sheet “Volumes” holds too long a text."),
        ("UPLOAD_MEMORY_MIB", 1024, 8, xlsx(HEAD, *([f"A{row}", row, row] for row in range(20_000))), "The file cannot be read: it is damaged, or its cells lie too far apart."),
        ("UPLOAD_SECONDS", 60, 0, TWO, "The file takes too long to read."),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("UPLOAD") else "",
)  # fmt: skip
def test_each_limit_is_a_setting(moment, admin, settings, setting, enough, too_little, build, reason):
    setattr(settings, setting, enough)
    assert found(admin, build) == ("checked", [])
    setattr(settings, setting, too_little)
    assert found(admin, build) == ("refused", [reason])


def test_the_size_of_a_file_is_a_setting(moment, admin, settings):
    settings.UPLOAD_LIMIT_MIB = 1
    assert found(admin, lambda: csv(HEAD, ["A", 1, 2])() + b";;\n" * 300_000, "volumes.csv") == ("checked", [])
    with pytest.raises(desk.Refused, match="larger than 1 MiB"):
        found(admin, lambda: b"x" * (1024 * 1024 + 1), "volumes.csv")


def test_a_lost_zero_asks_for_the_reference_it_may_be(moment, admin):
    batch = desk.receive(admin, "output", "one.csv", [csv(HEAD, ["0012345", 1, 2])()], {"supplier": "S1", "create": True}, clock.moment())  # fmt: skip
    desk.check(admin, batch, clock.moment())
    desk.apply(admin, batch, clock.moment())
    for reference in ("12345", "012345"):
        state, reasons = found(admin, csv(HEAD, [reference, 1, 2]), "two.csv")
        assert (state, set(reasons)) == ("refused", {"This reference is not known. Did you mean “0012345”?"})
    assert found(admin, csv(HEAD, ["0012345", 5, 6], ["54321", 1, 2]), "three.csv") == ("checked", [])
