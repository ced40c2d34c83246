"""Printed lists as an office wants them: columns, order, groups with subtotals, paper, and what was asked as heading."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import CUSTOMERS, RECORDS, SALES, Condition, Query
from crm_desktop.models.list_design import ListDesign, as_json, from_json, groupable, listable, usual


@pytest.fixture
def sales(office: Office) -> Office:
    """Five sales of two products to three customers of two levels; one customer has none."""
    office.products.create({"name": "液压泵", "code": "YB", "price": "100", "unit": "台"})
    office.products.create({"name": "阀", "code": "F", "price": "10"})
    for name, level in (("甲", "重要"), ("乙", "一般"), ("丙", "")):
        office.customers.create({"name": name, "level": level})
    for customer, product, quantity in (("甲", "YB", "1"), ("甲", "F", "2"), ("乙", "YB", "3"), ("丙", "F", "1"), ("乙", "F", "5")):
        office.sales.create({"customer": customer, "product": product, "quantity": quantity, "date": "2026-11-20"})
    return office


def columns(*names: str) -> tuple[tuple[str, float], ...]:
    return tuple((name, 0.0) for name in names)


def listing(office: Office, design: ListDesign, **parameters: Any) -> Any:
    return office.reports.run("sale_list", {"design": design, **parameters})


def test_groups_have_headings_and_subtotals(sales: Office) -> None:
    design = ListDesign(columns("customer", "product", "quantity", "net_amount"), "number", ("customer_level", "customer"))
    table = listing(sales, design).table
    rows = [(row[0], row[1]) for row in table.rows]
    assert rows == [("甲", "液压泵"), ("甲", "阀"), ("乙", "液压泵"), ("乙", "阀"), ("丙", "阀")]
    assert {place: [band.text for band in found] for place, found in table.bands.items()} == {
        0: ["客户级别：重要（2 条）", "客户：甲（2 条）"],
        2: ["客户级别：一般（2 条）", "客户：乙（2 条）"],
        4: ["客户级别：（空）（1 条）", "客户：丙（1 条）"],
    }
    amounts = {place: [(row[0], row[3]) for row in found] for place, found in table.subtotals.items()}
    assert amounts == {
        1: [("甲 小计", 12000), ("重要 小计", 12000)],
        3: [("乙 小计", 35000), ("一般 小计", 35000)],
        4: [("丙 小计", 1000), ("（空） 小计", 1000)],
    }
    assert table.totals[3] == 48000


def test_without_groups_it_is_the_list_in_its_order(sales: Office) -> None:
    table = listing(sales, ListDesign(columns("customer", "amount"), "-amount")).table
    assert [row[1] for row in table.rows] == [30000, 10000, 5000, 2000, 1000]
    assert table.bands == table.subtotals == {}


def test_what_was_asked_is_the_heading(sales: Office, tmp_path: Path) -> None:
    query = Query(conditions=[Condition("customer", "=", "甲")])
    table = listing(sales, ListDesign(columns("customer")), query=query).table
    assert table.heading_lines == ("条件：客户是甲",)
    assert listing(sales, ListDesign(columns("customer")), ids=[1]).table.heading_lines == ("条件：选定的记录",)


def test_paper_width_and_title_are_as_wanted(sales: Office, tmp_path: Path) -> None:
    design = ListDesign((*columns("customer", "amount")[:1], ("amount", 30.0)), paper="241", orientation="landscape", title="销售清单")
    made = listing(sales, design)
    made.save(tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        width, height = pdf[0].get_size()
        text = pdf[0].get_textpage().get_text_range()
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((279.4, 241.0), abs=0.1)
    assert "销售清单" in text
    assert made.table.columns[1].width_mm == 30.0


def test_a_band_is_never_alone_at_the_foot_of_a_page(office: Office, tmp_path: Path) -> None:
    for number in range(150):
        office.customers.create({"name": f"客户{number:03d}", "level": ("重要", "一般", "潜在")[number % 3]})
    design = ListDesign(columns("code", "name"), "name", ("level",), title="级别")
    for extra in range(12):
        office.customers.create({"name": f"多{extra}", "level": "重要"})
        made = office.reports.run("customer_list", {"design": design})
        made.save(tmp_path / "a.pdf")
        with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
            pages = [page.get_textpage().get_text_range().split("\r\n") for page in pdf]
        body = [[line for line in page if "第 " not in line and line.strip()] for page in pages]
        assert not any("客户级别：" in page[-1] for page in body)
        assert sum("客户级别：" in line for page in body for line in page) == 3


@pytest.mark.parametrize(
    ("design", "field"),
    [
        (ListDesign(()), "columns"),
        (ListDesign(columns("name", "name")), "columns"),
        (ListDesign((("name", 5.0),)), "columns"),
        (ListDesign(columns("weight")), "columns"),
        (ListDesign(columns("name"), "-weight"), "columns"),
        (ListDesign(columns("name"), groups=("level", "level")), "groups"),
        (ListDesign(columns("name"), groups=("level", "type", "owner")), "groups"),
        (ListDesign(columns("name"), title="长" * 61), "title"),
        (ListDesign(columns("name"), paper="B9"), "paper"),
    ],
)
def test_what_cannot_be_printed_is_refused(office: Office, design: ListDesign, field: str) -> None:
    with pytest.raises(ValidationError) as error:
        office.reports.run("customer_list", {"design": design})
    assert error.value.fields.keys() == {field}


@pytest.mark.parametrize("entity", [each for each in RECORDS if each.report], ids=lambda each: each.key)
def test_every_list_has_a_usual_design_that_is_kept_whole(entity: Any) -> None:
    design = usual(entity)
    assert from_json(entity, as_json(design)) == design
    assert design.names == [field.name for field in listable(entity)][: len(design.columns)]
    assert groupable(entity)


@pytest.mark.parametrize("text", ["", "[]", '{"columns": [["weight", 0]], "groups": []}', '{"columns": [["name", "x"]], "groups": []}', '{"columns": [["name", 0]], "groups": [], "glue": 1}'])
def test_what_another_version_kept_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="别的版本"):
        from_json(CUSTOMERS, text)


def test_a_design_of_one_entity_is_none_of_another() -> None:
    with pytest.raises(FieldError):
        from_json(CUSTOMERS, as_json(usual(SALES)))
