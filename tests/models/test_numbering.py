"""Numbers of documents: prefix, day, serial."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models import ENTITIES
from crm_desktop.models.numbering import Numbering

NUMBERED = [each for each in ENTITIES.values() if each.serial_number]


def test_a_number_holds_its_day_and_counts_on_past_its_width() -> None:
    numbering = Numbering("TS")
    assert numbering.text("2026-11-22", 1) == "TS20261122-001"
    assert numbering.text("2026-11-22", 1234) == "TS20261122-1234"


@given(day=st.dates(), serials=st.lists(st.integers(1, 10**6), min_size=2, max_size=2, unique=True))
def test_two_documents_of_a_day_have_two_numbers(day, serials) -> None:  # type: ignore[no-untyped-def]
    numbering = Numbering("FK")
    first, second = (numbering.text(day.isoformat(), serial) for serial in serials)
    assert first != second and first.startswith(numbering.start(day.isoformat()))


def test_no_two_kinds_of_documents_share_a_prefix() -> None:
    numberings = [each.serial_number.numbering for each in NUMBERED if each.serial_number]
    assert len(numberings) >= 2
    assert len({each.prefix for each in numberings}) == len(numberings)
    days = [each.by_name[each.serial_number.numbering.day_field] for each in NUMBERED if each.serial_number]
    assert all(day.required for day in days)
