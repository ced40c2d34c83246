"""Finding ids and codes behind names: the quick way that an import takes finds what the usual way finds."""

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.lookup import FEW_REGIONS, Lookup
from crm_desktop.errors import FieldError
from crm_desktop.models import CUSTOMERS

REGION = CUSTOMERS["region"]
SAMPLED = 13


def found(lookup: Lookup, text: object) -> str:
    try:
        return str(lookup.resolve(REGION, text))
    except FieldError as error:
        return str(error)


@pytest.fixture
def names(office: Office) -> list[object]:
    """Codes, full and short names of places all over the country, ambiguous and unknown ones, one of the office's own."""
    office.regions.add("220100", {"name": "220102"})  # called like another region's code
    rows = office.db.query("SELECT code, full_name, name FROM regions ORDER BY code")
    sampled: list[object] = [text for row in rows[::SAMPLED] for text in row]
    return [*sampled, "220102", 220102, "220101", "朝阳区", "鼓楼区", "北京市", "市辖区", "火星", ""]


def test_many_regions_are_found_like_few(office: Office, names: list[object]) -> None:
    one_by_one = [found(Lookup(office.db), name) for name in names]
    together = Lookup(office.db)
    for number in range(FEW_REGIONS):
        found(together, f"第{number}个没有的地方")
    office.db.connection().set_trace_callback((spoken := []).append)  # type: ignore[var-annotated]
    assert [found(together, name) for name in names] == one_by_one
    assert len(spoken) == 3
