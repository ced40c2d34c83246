"""The printed list of every kind of record: on paper, as a workbook with typed cells, as CSV; with totals."""

import csv
from datetime import date, datetime

import pypdfium2
import pytest
from openpyxl import load_workbook

from crm_desktop.controllers import listings, reports
from crm_desktop.controllers.reports import LISTS
from crm_desktop.errors import PermissionDenied, ReportError
from crm_desktop.models import RECORDS, Query


@pytest.fixture(autouse=True)
def records(office):
    """One of everything, and a sale that came back."""
    customer = office.customers.create({"name": "吉林鑫源商贸有限公司"}, lines={"contacts": [{"name": "李四"}]})
    product = office.products.create({"name": "螺栓", "code": "0012", "price": "0.35"})
    of_customer = {"customer": customer, "date": "2024-03-05"}
    office.interactions.create({**of_customer, "subject": "询价", "amount": "12.5", "duration": "3:20", "time": "9:30"})
    office.feedback.create({**of_customer, "content": "好"})
    office.complaints.create({**of_customer, "content": "漏油", "due_at": "2024-03-06 17:30", "compensation": "1200"})
    office.sales.create({**of_customer, "product": product, "quantity": "1000.5", "discount": "85"})
    office.sales.create({**of_customer, "product": product, "quantity": "100", "kind": "退货"})


def cells(path):
    return [list(row) for row in load_workbook(path).active.iter_rows(values_only=True)]


def test_every_kind_of_record_has_a_list():
    assert {key for _, key, _ in LISTS.values()} == {each.key for each in RECORDS}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_a_list_is_printed_and_saved(office, tmp_path, name, ending):
    title, key, columns = LISTS[name]
    document = office.reports.run(name, {"query": Query()})
    document.save(tmp_path / f"列表.{ending}")
    if ending == "pdf":
        text = pypdfium2.PdfDocument(tmp_path / "列表.pdf")[0].get_textpage().get_text_bounded()
        assert title in text and "第 1 页" in text.replace("\xa0", " ")
        return
    rows = cells(tmp_path / "列表.xlsx") if ending == "xlsx" else list(csv.reader((tmp_path / "列表.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == [office.records[key].entity[name].label for name in columns]
    assert len(rows) - 1 == office.records[key].count(Query()).n + (ending == "xlsx" and key == "sales")


def test_cells_of_a_workbook_have_the_type_of_their_field(office, tmp_path):
    office.reports.run("sale_list", {}).save(tmp_path / "a.xlsx")
    head, back, sale, total = cells(tmp_path / "a.xlsx")
    found = dict(zip(head, sale, strict=True))
    assert (found["销售日期"], found["数量"], found["单价"], found["折扣"]) == (datetime(2024, 3, 5), 1000.5, 0.35, 85)
    assert [row[head.index("计入金额")] for row in (sale, back, total)] == [297.65, -35, 262.65]
    assert total[0] == "合计"
    names = ["number", "due_at", "compensation", "is_unreachable"]
    office.reports.run("complaint_list", {"columns": names}).save(tmp_path / "b.xlsx")
    assert cells(tmp_path / "b.xlsx")[1:] == [
        ["TS20240305-001", datetime(2024, 3, 6, 17, 30), 1200, None], ["合计", None, 1200, None],
    ]  # fmt: skip
    office.reports.run("interaction_list", {"columns": ["date", "time", "duration", "amount"]}).save(tmp_path / "c.xlsx")
    day, *others = cells(tmp_path / "c.xlsx")[1]
    assert (day.date() if isinstance(day, datetime) else day) == date(2024, 3, 5)
    assert others == ["09:30", "3:20", 12.5]


def test_totals_count_what_is_listed(office, tmp_path):
    first = min(office.sales.ids(Query()))
    office.reports.run("sale_list", {"ids": [first]}).save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[-1][-2] == 297.65
    office.reports.run("sale_list", {"query": Query("没有这个")}).save(tmp_path / "b.xlsx")
    assert len(cells(tmp_path / "b.xlsx")) == 1
    office.reports.run("sale_list", {"columns": ["number", "date"]}).save(tmp_path / "c.xlsx")
    assert len(cells(tmp_path / "c.xlsx")) == 3


def test_a_printed_list_can_be_imported_without_its_totals(office, tmp_path):
    office.reports.run("sale_list", {}).save(tmp_path / "a.xlsx")
    preview = office.exchange.preview("sales", tmp_path / "a.xlsx", mode="update")
    assert [row.fate for row in preview.rows] == ["skip", "skip"]
    assert [reason for _, reason in preview.left_out] == ["合计行"]


def test_the_right_to_print_is_that_of_the_listed_records(office, hire):
    zhao = hire("zhao", "只读")
    with pytest.raises(PermissionDenied):
        zhao.reports.run("sale_list", {})
    office.db.execute("INSERT INTO permissions SELECT id, 'sales', 'print' FROM roles WHERE name = '只读'")
    assert zhao.reports.run("sale_list", {})
    with pytest.raises(PermissionDenied):
        zhao.reports.run("customer_list", {})


def test_what_memory_would_not_hold_is_refused_before_it_is_made(office, tmp_path, monkeypatch):
    made = [office.customers.create({"name": f"长春{number}厂"}) for number in range(3)]
    for name in ("MOST_ENVELOPES", "MOST_LABELS"):
        monkeypatch.setattr(reports, name, 2)
    monkeypatch.setattr(listings, "MOST_LISTED", 2)
    listing = office.reports.run("customer_list", {"ids": made})
    for make in (office.reports.envelopes, office.reports.labels):
        with pytest.raises(ReportError, match="一次最多打印 2 条，现在有 3 条"):
            make(ids=made)
        make(ids=made[:2])
    for work in (listing.pdf, lambda: listing.save(tmp_path / "a.pdf")):
        with pytest.raises(ReportError, match="一次最多打印 2 条"):
            work()
    assert not list(tmp_path.glob("*.pdf"))
    listing.save(tmp_path / "a.xlsx")
    told = []
    office.reports.envelope_problems(ids=made, on_progress=lambda *done: told.append(done))
    assert told == [(3, 3)], "to look through them is not to keep them"
