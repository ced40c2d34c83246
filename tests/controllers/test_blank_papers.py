"""登记表: every field that a person can know has its cell, short lists have boxes to tick, all on the paper asked for."""

import pypdfium2
import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.blank_papers import blank_paper
from crm_desktop.errors import PermissionDenied, ReportError
from crm_desktop.models.blank_forms import BLANKS
from crm_desktop.models.papers import SIZES
from crm_desktop.reports.paper import SHEETS
from crm_desktop.reports.paper_layout import Grid

MM = 72 / 25.4


def text_of(office: Office, entity: str, size: str = "A4") -> str:
    pdf = pypdfium2.PdfDocument(office.reports.blank_form(entity, size).to_bytes())
    found = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return "".join(found.split())


@pytest.mark.parametrize("entity", list(BLANKS))
def test_what_a_person_knows_has_its_cell_and_what_the_program_makes_has_none(office: Office, entity: str) -> None:
    form = BLANKS[entity]
    text = text_of(office, entity)
    cells = [form.entity[cell.field] for part in form.parts for cell in part.cells]
    assert cells and all("".join(field.label.split()) in text for field in cells)
    made = [field for field in form.entity.fields if field.is_made or field.is_hidden or (field.name == "status" and form.groups)]
    assert not {field.name for field in made} & {field.name for field in cells}
    for words in (form.title, "填表人", "审核人", "长春宏达"):
        assert words in text


def test_short_lists_are_ticked_and_follow_the_office_s_own_words(office: Office) -> None:
    assert "□重要□一般□潜在" in text_of(office, "customers")
    item = next(item for item in office.dictionaries.items("level") if item["name"] == "潜在")
    office.dictionaries.update(item["id"], {"name": "意向"})
    assert "□重要□一般□意向" in text_of(office, "customers")
    assert "□制造业" not in text_of(office, "customers")  # twenty would fill the paper
    assert "（万元）" in text_of(office, "customers")


@pytest.mark.parametrize("entity", list(BLANKS))
@pytest.mark.parametrize("size", SIZES)
def test_it_is_on_the_paper_asked_for(office: Office, entity: str, size: str) -> None:
    document = office.reports.blank_form(entity, size)
    pdf = pypdfium2.PdfDocument(document.to_bytes())
    sides = [side / MM for side in pdf[0].get_size()]
    pdf.close()
    assert sides == pytest.approx([SHEETS[size].width, SHEETS[size].height], abs=0.1)
    assert document.pages == (2 if (entity, size) == ("customers", "A5") else 1)
    assert document.warnings == []


def test_there_is_room_for_a_hand(office: Office) -> None:
    paper = blank_paper(office.db, BLANKS["customers"])
    grid = Grid(15, 180, 9.5, 3, paper.least_height)
    rows = [row for part in paper.parts for row in grid.cells(part.cells)]
    rows += [row for table in paper.tables for row in grid.table(table) if row.header]
    assert len(rows) > 20 and min(row.height for row in rows) >= 7


def test_only_who_may_print_such_records_gets_it(office: Office, hire) -> None:  # type: ignore[no-untyped-def]
    clerk = hire("li", "只读")
    with pytest.raises(PermissionDenied):
        clerk.reports.blank_form("customers")
    with pytest.raises(ReportError, match="没有登记表"):
        office.reports.blank_form("sales")
    before = office.audit.operations()[0]["id"]
    office.reports.blank_form("complaints")
    assert office.audit.operations()[0]["sentence"] == "生成空白客户投诉登记表" and office.audit.operations()[0]["id"] > before
