"""Running an import: all or nothing, one operation, unknown words, what changed meanwhile, and bad rows back."""

import json

import pytest
from openpyxl import load_workbook

from crm_desktop.controllers.exchange import duplicates, planning, running
from crm_desktop.controllers.exchange.controller import memory_key
from crm_desktop.errors import ImportRefused, PermissionDenied
from crm_desktop.models import Query

HEADING = ["公司名称", "客户级别", "联系人"]


def imported(office):
    return [tuple(row) for row in office.db.query("SELECT kind, sentence FROM operations ORDER BY id DESC LIMIT 1")]


@pytest.fixture
def contents(office):
    """What the office holds, to see that nothing has changed but for the backup that comes first."""
    tables = (
        "customers",
        "contacts",
        "dictionary_items",
        "serials",
        "operations WHERE kind <> 'backup'",
        "audit WHERE entity <> 'backups'",
        "customers_search",
        "phone_numbers",
        "settings",
    )
    return lambda: {table: [tuple(row) for row in office.db.query(f"SELECT * FROM {table}")] for table in tables}


def test_one_operation_holds_everything_an_undo_needs(bring_in, office, log, heard):
    before = len(log())
    result = bring_in(HEADING, ["甲公司", "钻石", "张三"], ["甲公司", "钻石", "李四"], ["乙公司", "", ""])
    assert imported(office) == [("import", "导入客户：名单.xlsx（新增 2、联系人 2）")]
    [[operation]] = [
        tuple(row) for row in office.db.query("SELECT DISTINCT operation FROM audit ORDER BY operation DESC LIMIT 1")
    ]
    assert result.operation == operation
    made = {(entity, kind) for entity, _, kind, _, _ in log()[before:] if entity != "backups"}
    assert made == {("dictionary_items", "create"), ("customers", "create"), ("contacts", "create")}
    assert sorted(entity for entity, _ in heard) == ["contacts", "customers", "dictionary_items"]


def test_updates_are_logged_with_old_and_new(bring_in, office, log):
    office.customers.create({"name": "甲公司", "phone": "81111111"})
    bring_in(["公司名称", "电话"], ["甲公司", "82222222"], mode="update")
    [last] = log()[-1:]
    assert (last[2], json.loads(last[3]), json.loads(last[4])) == (
        "update",
        {"phone": "81111111"},
        {"phone": "82222222"},
    )


def test_more_than_a_thousand_are_told_once_as_many(bring_in, heard, names):
    bring_in(["公司名称"], *([f"公司{number}"] for number in range(1001)))
    assert heard == [("customers", None)] and len(names()) == 1001


def test_imported_records_are_found_by_search(bring_in, office):
    bring_in(["公司名称", "电话", "联系人", "联系人手机"], ["宏达机械", "0431-85123456", "张三", "13904310001"])
    for text in ("宏达", "hdjx", "85123456", "13904310001"):
        assert [row["name"] for row in office.customers.search(Query(text)).rows] == ["宏达机械"]


@pytest.mark.parametrize("batch", [1, 2000])
def test_codes_are_given_by_the_rule_and_never_one_that_the_file_types(bring_in, office, monkeypatch, batch):
    monkeypatch.setattr(running, "BATCH", batch)
    bring_in(
        ["客户编号", "公司名称", "客户级别", "区域"],
        ["", "甲公司", "重要", "北京市东城区"],
        ["", "乙公司", "重要", "北京市西城区"],
        ["i010001", "丙公司", "", ""],
    )
    codes = {row["name"]: row["code"] for row in office.db.query("SELECT name, code FROM customers")}
    assert codes == {"甲公司": "i010002", "乙公司": "i010003", "丙公司": "i010001"}


def test_when_the_codes_are_used_up_nothing_is_imported_and_one_sentence_says_so(plan, office, contents):
    office.db.execute("INSERT INTO serials (prefix, last) VALUES ('N010', 34694)")
    before = contents()
    with pytest.raises(ImportRefused, match="没有导入任何内容：这个区号的客户编号已经用完"):
        office.exchange.run(plan(["公司名称", "区号"], ["甲公司", "010"], ["乙公司", "010"]))
    assert contents() == before


# All or nothing


def test_bad_rows_refuse_the_whole_file(bring_in, contents):
    before = contents()
    with pytest.raises(ImportRefused, match="有 1 行不能导入（第 3 行“公司名称”：请填写客户名称。）"):
        bring_in(HEADING, ["甲公司", "", ""], ["", "重要", ""])
    assert contents() == before


def test_the_clerk_may_leave_bad_rows_out(bring_in, names):
    result = bring_in(HEADING, ["甲公司", "", ""], ["", "重要", ""], ["乙公司", "", ""], skip_bad=True)
    assert (result.added, result.bad) == (2, 1) and names() == ["甲公司", "乙公司"]


@pytest.mark.parametrize("failing", ["contacts", "customers"])
def test_a_failure_in_the_middle_leaves_nothing(plan, office, contents, monkeypatch, failing):
    preview = plan(HEADING, ["甲公司", "钻石", "张三"], ["乙公司", "钻石", "李四"])
    before = contents()
    writer = getattr(office, failing)
    written = []

    def fail(ids):
        written.extend(ids)
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(writer, "_after_write", fail)
    with pytest.raises(RuntimeError):
        office.exchange.run(preview)
    assert written and contents() == before
    monkeypatch.undo()
    assert office.exchange.run(preview).added == 2
    assert office.dictionaries.items("level")[-1]["name"] == "钻石"


def test_cancelling_leaves_nothing(plan, office, contents, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    preview = plan(HEADING, *([f"公司{number}", "钻石", ""] for number in range(5)))
    before, steps = contents(), []
    with pytest.raises(ImportRefused, match="已取消"):
        office.exchange.run(preview, on_progress=lambda *step: steps.append(step), cancelled=lambda: len(steps) > 2)
    assert steps == [(0, 5), (1, 5), (2, 5)] and contents() == before


def test_reading_and_checking_tell_their_progress_and_can_be_cancelled(plan):
    rows = [["公司名称"], *([f"公司{number}"] for number in range(500))]
    steps = []
    plan(*rows, on_progress=lambda *step: steps.append(step))
    assert steps[-1] == (500, 500) and (200, 500) in steps
    with pytest.raises(ImportRefused, match="已取消"):
        plan(*rows, cancelled=lambda: True)


def test_each_step_of_checking_can_be_cancelled(plan, sheet, office, monkeypatch):
    """Also what is found out before the first row is checked, which takes seconds for a large file."""
    monkeypatch.setattr(duplicates, "CHUNK", 1)
    monkeypatch.setattr(planning, "STEP", 1)
    path = sheet(["公司名称", "电话"], *([f"公司{number}", f"0431-8512345{number}"] for number in range(3)))
    polls = []
    office.exchange.preview("customers", path, cancelled=lambda: polls.append(0))
    rows, names, numbers, local = 3, 3, 3, 3
    assert len(polls) >= rows + rows + names + numbers + local + rows
    for last in range(len(polls)):
        answers = iter([False] * last)
        with pytest.raises(ImportRefused, match="已取消"):
            office.exchange.preview("customers", path, cancelled=lambda answers=answers: next(answers, True))


# What changed meanwhile


def test_a_plan_made_for_other_data_is_refused(plan, office, names):
    preview = plan(["客户编号", "公司名称"], ["A1", "甲公司"])
    office.customers.create({"code": "A1", "name": "乙公司"})
    with pytest.raises(ImportRefused, match="预览之后数据有了变化"):
        office.exchange.run(preview)
    assert names() == ["乙公司"]


def test_a_plan_that_still_holds_is_made_anew_and_run(plan, office, names):
    preview = plan(HEADING, ["甲公司", "钻石", ""])
    preview.unknown[0].action = "blank"
    office.customers.create({"name": "无关公司"})
    assert office.exchange.run(preview).added == 1
    assert names() == ["无关公司", "甲公司"]
    assert [item for item in office.dictionaries.items("level") if item["name"] == "钻石"] == []


def test_a_word_that_became_known_is_used(plan, office):
    preview = plan(HEADING, ["甲公司", "钻石", ""])
    item = office.dictionaries.add("level", {"name": "钻石"})
    office.exchange.run(preview)
    assert office.db.value("SELECT level FROM customers") == item


def test_the_same_preview_is_not_run_twice(plan, office, names):
    preview = plan(["客户编号", "公司名称"], ["A1", "甲公司"])
    office.exchange.run(preview)
    with pytest.raises(ImportRefused):
        office.exchange.run(preview)
    assert names() == ["甲公司"]


def test_a_change_between_checking_and_writing_is_noticed(plan, office, monkeypatch, names):
    preview = plan(["公司名称"], ["甲公司"])
    monkeypatch.setattr(office.exchange, "_brought_up_to_date", lambda preview, *rest: preview)
    office.customers.create({"name": "乙公司"})
    with pytest.raises(ImportRefused, match="请重新预览"):
        office.exchange.run(preview)
    assert names() == ["乙公司"]


# Unknown words


@pytest.mark.parametrize(("action", "name"), [("add", "钻石"), ("map", "重要"), ("blank", None)])
def test_an_unknown_word_is_added_mapped_or_left_blank(plan, office, action, name):
    preview = plan(HEADING, ["甲公司", "钻石", ""], ["乙公司", "钻石", ""])
    [word] = preview.unknown
    word.action = action
    word.target = {text: item for item, text in office.exchange.choices("level")}["重要"]
    office.exchange.run(preview)
    rows = office.db.query("SELECT (SELECT name FROM dictionary_items d WHERE d.id = level) FROM customers")
    assert [row[0] for row in rows] == [name, name]


def test_the_code_follows_the_level_that_a_word_was_mapped_to(plan, office):
    preview = plan(["公司名称", "客户级别", "区号"], ["甲公司", "钻石", "010"])
    preview.unknown[0].action = "map"
    preview.unknown[0].target = next(item for item, text in office.exchange.choices("level") if text == "重要")
    office.exchange.run(preview)
    assert office.db.value("SELECT code FROM customers") == "i010001"


def test_a_word_left_blank_erases_nothing(plan, office):
    office.customers.create({"name": "甲公司", "level": "重要"})
    preview = plan(["公司名称", "客户级别"], ["甲公司", "钻石"], mode="update")
    preview.unknown[0].action = "blank"
    assert office.exchange.run(preview).updated == 0
    assert office.customers.search(columns=["level"]).rows[0]["level_text"] == "重要"


def test_a_contacts_words_go_to_the_contact(plan, office):
    preview = plan(["公司名称", "联系人", "联系人职务"], ["甲公司", "张三", "宇航员"])
    office.exchange.run(preview)
    assert office.contacts.get(1)["position_text"] == "宇航员"


def test_a_salesperson_is_mapped_to_an_operator(plan, office, hire):
    seller = hire("li", "业务员")
    preview = plan(["公司名称", "业务员"], ["甲公司", "李经理"])
    [word] = preview.unknown
    assert (seller.operator.id, "li先生") in office.exchange.choices(word.kind)
    word.action, word.target = "map", seller.operator.id
    office.exchange.run(preview)
    assert office.db.value("SELECT owner FROM customers") == seller.operator.id


def test_operators_are_not_added_by_an_import(plan, office):
    preview = plan(["公司名称", "业务员"], ["甲公司", "李经理"])
    preview.unknown[0].action = "add"
    with pytest.raises(ImportRefused, match="“李经理”不是操作员，不能在导入时新增"):
        office.exchange.run(preview)


def test_a_word_mapped_to_nothing_is_refused(plan, office, contents):
    preview = plan(HEADING, ["甲公司", "钻石", ""])
    preview.unknown[0].action = "map"
    before = contents()
    with pytest.raises(ImportRefused, match="请选择“钻石”对应到哪一项客户级别"):
        office.exchange.run(preview)
    assert contents() == before


def test_adding_words_asks_for_the_right(plan, office, contents):
    preview = plan(HEADING, ["甲公司", "钻石", ""])
    office.db.execute("DELETE FROM permissions WHERE area = 'dictionaries' AND verb = 'create'")
    before = contents()
    with pytest.raises(PermissionDenied):
        office.exchange.run(preview)
    assert contents() == before


# Remembering


def test_a_mapping_is_remembered_for_the_same_headings(office, sheet, plan):
    rows = [["甲", "乙"], ["宏达机械", "0431-85123456"]]
    with pytest.raises(ImportRefused):
        plan(*rows)
    office.exchange.run(plan(*rows, mapping={0: "name", 1: "phone"}))
    assert plan(*rows).columns == {0: "name", 1: "phone"}
    layout = office.exchange.columns("customers", sheet(["甲", "乙 "], ["宏达机械", "x"]))
    assert layout.is_remembered and [column.field for column in layout.columns] == ["name", "phone"]
    assert not office.exchange.columns("customers", sheet(["甲", "丙"], ["宏达机械", "x"])).is_remembered


def test_a_remembered_mapping_that_no_longer_fits_is_forgotten(office, plan):
    office.settings.set_preference(memory_key("customers", ["公司名称", "电话"]), {"0": "name", "1": "gone"})
    assert plan(["公司名称", "电话"], ["甲公司", ""]).columns == {0: "name", 1: "phone"}


def test_the_columns_of_a_sheet_are_shown_with_samples(office, sheet):
    path = sheet(
        ["序号", "公司名称", "级别", "血型"], [1, "甲公司", "重要", ""], [2, "乙公司", "重要", "A"], [3, "", "一般", ""]
    )
    layout = office.exchange.columns("customers", path)
    assert [(column.header, column.field, column.samples, column.note) for column in layout.columns] == [
        ("序号", None, ("1", "2", "3"), "序号不导入"),
        ("公司名称", "name", ("甲公司", "乙公司"), ""),
        ("级别", "level", ("重要", "一般"), ""),
        ("血型", None, ("A",), "没有对应的字段"),
    ]
    assert layout.row_count == 3


def test_fields_to_map_to_come_in_the_order_of_the_form(office):
    fields = office.exchange.fields("customers")
    assert [path for path, _ in fields[:3]] == [*list(office.customers.entity.writable)[:3]]
    labels = dict(fields)
    assert (labels["contact.mobile"], labels["region.city"]) == ("联系人手机", "市")
    assert len(set(labels.values())) == len(labels)
    paths = [path for path, _ in office.exchange.fields("contacts")]
    assert "customer.code" in paths and not any(path.startswith("contact.") for path in paths)


# Bad rows back to Excel


def test_bad_rows_come_back_with_numbers_and_reasons_and_can_be_imported_when_mended(plan, office, tmp_path, names):
    rows = [["甲", "电话", "丙"], ["宏达机械", "12", "+1+1"], ["鑫源商贸", "", ""], ["", "0431-81111111", 13904310001]]
    preview = plan(*rows, mapping={"甲": "name", "电话": "phone"})
    path = tmp_path / "错误行.xlsx"
    assert office.exchange.save_bad_rows(preview, path) == 2
    book = load_workbook(path)
    told = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert told[0] == ["行号", "甲", "电话", "丙", "不能导入的原因"]
    assert told[1][:4] == [2, "宏达机械", "12", "+1+1"] and "电话" in told[1][4]
    assert told[2][0] == 4 and told[2][3] == "13904310001" and told[2][4] == "请填写客户名称。"
    book.active["C2"], book.active["B3"] = "0431-85123456", "恒信物流"
    book.save(path)
    office.exchange.run(office.exchange.preview("customers", path))
    assert names() == ["宏达机械", "恒信物流"]


def test_rows_are_written_without_savepoints(bring_in, office, monkeypatch):
    """Before each page changes under one, SQLite copies it into memory and walks all copies at every statement."""
    monkeypatch.setattr(running, "BATCH", 2)
    spoken = []
    office.db.connection().set_trace_callback(spoken.append)
    bring_in(["公司名称", "联系人"], *([f"公司{number}", f"某{number}"] for number in range(9)))
    office.db.connection().set_trace_callback(None)
    first = next(place for place, said in enumerate(spoken) if said.startswith('INSERT INTO "customers"'))
    last = max(place for place, said in enumerate(spoken) if said.startswith('INSERT INTO "contacts"'))
    assert not [said for said in spoken[:last] if said.startswith("SAVEPOINT")] and first < last
