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


def test_a_customer_does_not_read_what_the_office_thinks_of_it(office: Office) -> None:
    form = BLANKS["customers"]
    asked = {cell.field for part in form.parts for cell in part.cells}
    assert asked.isdisjoint(form.kept_to_ourselves)
    assert asked | {*form.kept_to_ourselves, "code", "pinyin"} == {each.name for each in form.entity.fields}
    text = text_of(office, "customers")
    for words in ("客户级别", "企业资信", "星级", "客户状态", "客户类型", "竞争对手", "★", "原编号"):
        assert words not in text


def test_short_lists_are_ticked_and_follow_the_office_s_own_words(office: Office) -> None:
    assert "□大型□中型□小型□微型" in text_of(office, "customers")
    item = next(item for item in office.dictionaries.items("scale") if item["name"] == "微型")
    office.dictionaries.update(item["id"], {"name": "小微"})
    assert "□大型□中型□小型□小微" in text_of(office, "customers")
    assert "□制造业" not in text_of(office, "customers")  # twenty would fill the paper


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


class Page:
    """The first page: boxes of its texts in mm from the top left."""

    def __init__(self, office: Office, entity: str, size: str) -> None:
        with pypdfium2.PdfDocument(office.reports.blank_form(entity, size).to_bytes()) as pdf:
            self.pages = len(pdf)
            text, self.height = pdf[0].get_textpage(), pdf[0].get_size()[1] / MM
            rects = [text.get_rect(number) for number in range(text.count_rects())]
            self.boxes = [
                (text.get_text_bounded(*rect).strip(), rect[0] / MM, self.height - rect[3] / MM, rect[2] / MM) for rect in rects
            ]
            self.later = [page.get_textpage().get_text_range().split("\r\n")[0] for page in pdf][1:]

    def find(self, words: str) -> list[tuple[str, float, float, float]]:
        return [box for box in self.boxes if box[0] == words]


@pytest.mark.parametrize("entity", list(BLANKS))
@pytest.mark.parametrize("size", SIZES)
def test_the_office_stands_above_the_title_once(office: Office, entity: str, size: str) -> None:
    page, sheet = Page(office, entity, size), SHEETS[size]
    ((_, left, top, right),), ((_, _, below, _),) = page.find("长春宏达"), page.find(BLANKS[entity].title)
    assert sheet.top <= top < below < sheet.top + 20
    assert (left + right) / 2 == pytest.approx(sheet.width / 2, abs=1)
    assert page.later == ([f"{BLANKS[entity].title}（续）　长春宏达"] if page.pages > 1 else [])


def test_a_long_name_of_the_office_takes_two_lines(office: Office) -> None:
    profile = office.company.profile()
    name = "长春宏达机械制造（集团）股份有限公司东北地区客户服务与技术支持中心长春市朝阳区分中心"
    office.company.update(profile["id"], {"name": name}, profile["version"])
    page = Page(office, "complaints", "A5")
    title = page.find("客户投诉登记表")[0][2]
    head = [box for box in page.boxes if box[2] < title]
    assert "".join(box[0] for box in head) == name and len(head) == 2
    assert all(box[1] >= SHEETS["A5"].side - 0.5 and box[3] <= 148 - SHEETS["A5"].side + 0.5 for box in head)


@pytest.mark.parametrize("size", SIZES)
def test_units_stand_at_the_right_end_of_the_writing_space(office: Office, size: str) -> None:
    page = Page(office, "customers", size)
    labels = [page.find(label)[0] for label in ("注册资金", "年营业额", "员工人数", "企业规模")]
    for label, unit in zip(labels, ("万元", "万元", "人"), strict=False):
        place = min((box for box in page.find(unit) if abs(box[2] - label[2]) < 2 and box[1] > label[1]), key=lambda box: box[1])
        following = [each[1] for each in labels if abs(each[2] - label[2]) < 2 and each[1] > place[1]]
        ends = min(following, default=SHEETS[size].width - SHEETS[size].side)  # the next label, in the middle of its cell
        assert ends - 4 < place[3] + 2 <= ends + 0.5


def test_a_box_stays_with_its_word(office: Office) -> None:
    for entity in BLANKS:
        with pypdfium2.PdfDocument(office.reports.blank_form(entity, "A5").to_bytes()) as pdf:
            for page in pdf:
                lines = page.get_textpage().get_text_range().split("\r\n")
                assert not [line for line in lines if line.rstrip().endswith("□") or line.startswith("　")]
    assert any(box[0].startswith("□政府或其他机构") for box in Page(office, "customers", "A5").boxes)


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
