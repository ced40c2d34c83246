"""投诉处理单 and 客户档案卡: every field of the record, what belongs to it, for whom may see and print it."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import NotFound, PermissionDenied, ReportError
from crm_desktop.models import ENTITIES
from crm_desktop.models.papers import PAPERS, SIZES
from crm_desktop.models.workflow import REMARK
from crm_desktop.reports.paper import SHEETS

EVERYTHING: dict[str, Any] = {
    "name": "长春宏达机械制造有限公司", "short_name": "宏达", "region": "220104", "address": "西安大路58号",
    "phone": "0431-85000000", "mobile": "13900000001", "registered_capital": "500", "employee_count": "230",
    "bank_account": "4200 2216 0920", "remark": "老客户。\n春节前拜访。", "english_name": "Hongda Machinery",
}  # fmt: skip
Read = Callable[..., str]


@pytest.fixture
def customer(office: Office) -> int:
    people = [{"name": "单小明", "mobile": "13904310001"}, {"name": "李雷"}]
    return office.customers.create(EVERYTHING, lines={"contacts": people})


@pytest.fixture
def complaint(office: Office, customer: int) -> int:
    """Taken up, handled, and not yet asked about."""
    values = {"customer": customer, "contact": "单小明", "content": "轴承座内孔超差", "date": "2026-11-20"}
    made = office.complaints.create(values)
    office.complaints.advance(made, "assign", {"handler": "admin", REMARK: "请质检部配合"}, 1)
    outcome = {"result": "已更换17件", "measure": "改由二厂供货", "compensation": "3200"}
    office.complaints.advance(made, "finish", outcome, office.complaints.get(made)["version"])
    return made


@pytest.fixture
def read(office: Office) -> Read:
    """``read("complaints", id)``: the paper's text, without spaces."""

    def text(entity: str, record: int, size: str = "", by: Office = office) -> str:
        pdf = pypdfium2.PdfDocument(by.reports.paper(entity, record, size).to_bytes())
        found = "".join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
        return "".join(found.split())

    return text


def test_a_complaint_stands_on_it_with_its_course(office: Office, complaint: int, read: Read) -> None:
    text = read("complaints", complaint)
    for words in ("客户投诉处理单", "TS20261120-001", "长春宏达机械制造有限公司", "单小明", "轴承座内孔超差", "待回访",
                  "已更换17件", "改由二厂供货", "3,200.00元", "办理过程", "受理分派", "请质检部配合", "处理完成",
                  "受理人", "处理人", "部门负责人", "客户签字", "长春宏达", "打印人：admin2026-11-22"):  # fmt: skip
        assert words in text, words


def test_a_customer_stands_on_it_with_people_and_last_dealings(office: Office, customer: int, read: Read) -> None:
    for number in range(8):
        values = {"customer": customer, "subject": f"第{number}次拜访", "date": f"2026-10-1{number}"}
        office.interactions.create(values)
    text = read("customers", customer)
    code = office.customers.get(customer)["code"]
    for words in ("客户档案卡", code, *map(str, EVERYTHING.values())):
        assert "".join(office_words(words).split()) in text, words
    assert "500万元" in text and "230人" in text and "吉林省长春市朝阳区" in text
    assert text.index("单小明") < text.index("李雷") and "13904310001" in text
    assert "第7次拜访" in text and "第2次拜访" in text and "第1次拜访" not in text


def office_words(value: str) -> str:
    """As the card has it: regions have names."""
    return "吉林省长春市朝阳区" if value == "220104" else value


@pytest.mark.parametrize("entity", PAPERS)
def test_every_field_has_its_cell_once(entity: str) -> None:
    form = PAPERS[entity]
    cells = [cell.field for part in form.parts for cell in part.cells]
    assert sorted(cells) == sorted(field.name for field in ENTITIES[entity].fields if not field.is_hidden)
    assert form.size in SIZES and tuple(SHEETS) == SIZES
    for lines in form.lines:
        assert set(lines.columns) <= ENTITIES[lines.entity].by_name.keys()


@pytest.mark.parametrize(("entity", "sheet"), [("complaints", "A5"), ("customers", "A4")])
def test_each_has_its_usual_paper_and_may_have_the_other(
    office: Office, customer: int, complaint: int, entity: str, sheet: str
) -> None:
    record = {"complaints": complaint, "customers": customer}[entity]
    widths = {}
    for size in ("", *SIZES):
        pdf = pypdfium2.PdfDocument(office.reports.paper(entity, record, size).to_bytes())
        widths[size] = round(pdf[0].get_size()[0] * 25.4 / 72)
        pdf.close()
    assert (widths["A4"], widths["A5"]) == (210, 148) and widths[""] == widths[sheet]


def test_printing_is_logged(office: Office, complaint: int, customer: int) -> None:
    office.reports.paper("complaints", complaint)
    assert office.audit.operations()[0]["sentence"] == "生成客户投诉处理单：TS20261120-001"
    office.reports.paper("customers", customer)
    code = office.customers.get(customer)["code"]
    assert office.audit.operations()[0]["sentence"] == f"生成客户档案卡：长春宏达机械制造有限公司 {code}"


def test_what_has_no_paper_is_refused(office: Office, complaint: int) -> None:
    with pytest.raises(ReportError, match="没有可以打印的单据"):
        office.reports.paper("products", 1)
    with pytest.raises(ReportError, match="A4、A5"):
        office.reports.paper("complaints", complaint, "B5")
    office.complaints.delete([complaint])
    with pytest.raises(NotFound):
        office.reports.paper("complaints", complaint)


def test_only_who_sees_the_record_and_may_print_gets_it(
    office: Office, hire: Callable[..., Office], customer: int, complaint: int
) -> None:
    before = office.audit.operations()[0]["id"]
    li, zhao = hire("li", "业务员"), hire("zhao", "只读")
    for entity, record in (("customers", customer), ("complaints", complaint)):
        with pytest.raises(NotFound):
            li.reports.paper(entity, record)
        with pytest.raises(PermissionDenied, match="打印"):
            zhao.reports.paper(entity, record)
    assert not [each for each in office.audit.operations() if each["id"] > before and each["kind"] == "print"]


def test_what_may_not_be_seen_is_not_printed(
    office: Office, hire: Callable[..., Office], customer: int, read: Read
) -> None:
    wang = hire("wang", "客服")
    assert "单小明" in read("customers", customer, by=wang)
    office.db.execute("DELETE FROM permissions WHERE area = 'contacts' AND verb = 'view'")
    assert "单小明" not in read("customers", customer, by=wang)
