"""Every method asks for its right, and whoever sees only their own customers never gets a foreign one."""

import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from argon2 import PasswordHasher

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, create_office, passwords, sign_in
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, AREAS, DEFAULT_ROLES, EVERYTHING, MEANINGFUL, VERBS
from crm_desktop.db import Database
from crm_desktop.errors import CrmError, NotFound, PermissionDenied, ValidationError
from crm_desktop.models import RECORDS as EVERY_RECORD
from crm_desktop.models import All, Condition, Not, Query, Related
from crm_desktop.reports import EnvelopeOptions

PASSWORD = "hongda2026"
SECRET = "秘密客户"
OPERATORS = {"管理员": "admin", "业务员": "li", "客服": "wang", "只读": "zhao"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An office with one operator of each role; 业务员 li has a customer, and so has the administrator."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        db = Database.open(tmp_path_factory.mktemp("rights") / "office.db", create=True)
        create_office(db, "长春宏达", "admin", PASSWORD, {"region": "220104", "area_code": "0431"})
        admin = sign_in(db, "admin", PASSWORD)
        for role, name in list(OPERATORS.items())[1:]:
            admin.operators.add({"name": name, "full_name": name, "role": role}, PASSWORD)
        yield db
        db.close_all()


@pytest.fixture(scope="module")
def offices(database: Database) -> dict[str, Office]:
    clock = FixedClock.at("2026-11-22")
    return {role: sign_in(database, name, PASSWORD, clock=clock) for role, name in OPERATORS.items()}


# Every public method


def controllers(office: Office) -> dict[str, Controller]:
    return {name: each for name, each in vars(office).items() if isinstance(each, Controller)}


def public_methods(controller: Controller) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, member in inspect.getmembers(type(controller), callable):
        if not name.startswith("_"):
            yield name, member


def unmarked(controller: Controller) -> list[str]:
    return [name for name, method in public_methods(controller) if not hasattr(method, "required_right")]


def test_every_public_method_says_which_right_it_needs(offices: dict[str, Office]) -> None:
    found = {area: unmarked(each) for area, each in controllers(offices["管理员"]).items()}
    assert len(found) >= 12
    assert {area: names for area, names in found.items() if names} == {}


def test_the_walk_sees_a_method_without_a_mark(offices: dict[str, Office]) -> None:
    class Careless(type(offices["管理员"].customers)):  # type: ignore[misc]
        def everything(self) -> None:
            """Nobody asked."""

    assert unmarked(Careless(offices["管理员"].context)) == ["everything"]


# Which roles may call what: 管 管理员, 业 业务员, 客 客服, 只 只读

READERS, WRITERS, KEEPERS, BOSS, ALL = "管业客只", "管业客", "管业", "管", "管业客只"
ENTITY = {"search": READERS, "search_while": READERS, "sentence": READERS, "count": READERS, "ids": READERS, "rows": READERS, "get": READERS, "totals": READERS, "check": READERS, "demand": ALL}
PLAIN = {
    **ENTITY, "create": WRITERS, "update": WRITERS,
    "delete": KEEPERS, "delete_effect": KEEPERS, "restore": KEEPERS, "purge": BOSS,
}  # fmt: skip
RECORDS = {**PLAIN, "pinyin_of": READERS}
FLOW = {**PLAIN, "steps": READERS, "guarded": READERS, "course": READERS, "proposed": READERS, "advance": WRITERS}
FOR_BOSS = dict.fromkeys(("search", "search_while", "sentence", "count", "ids", "rows", "get", "totals"), BOSS)
MAY: dict[str, dict[str, str]] = {
    "customers": {**RECORDS, "suggest_code": WRITERS, "warnings": READERS, "possible_duplicates": READERS},
    "contacts": RECORDS,
    "interactions": {**PLAIN, "follow_up_done": WRITERS},
    "feedback": FLOW,
    "complaints": {**FLOW, "deadline": READERS},
    "products": PLAIN,
    "sales": {**PLAIN, "proposal": READERS, "warnings": READERS},
    "memos": {**PLAIN, "between": READERS, "overdue": READERS, "next_day": READERS, "done": WRITERS, "postpone": WRITERS, "export_calendar": WRITERS},
    "reminders": {**dict.fromkeys(("take_due", "later"), READERS), "demand": ALL},
    "today": dict.fromkeys(("tasks", "figures", "done", "postpone", "demand"), ALL),
    "calls": {
        "find": READERS, "place": READERS, "problems": READERS, "proposal": READERS, "overview": READERS, "log": WRITERS, "demand": ALL,
    },
    "word_letters": {"write": WRITERS, "demand": ALL},
    "letters": {"addressees": WRITERS, "register": WRITERS, "demand": ALL},
    "mail": {
        **dict.fromkeys(("jobs", "unfinished", "messages", "letter"), READERS), "demand": ALL,
        **dict.fromkeys(("addressees", "preview", "create_job", "run", "retry", "resend", "confirm", "skip_rest"), WRITERS),
    },
    "mail_setup": {"server": READERS, "set_server": BOSS, "demand": ALL, **dict.fromkeys(("set_password", "has_password", "test"), WRITERS)},
    "mail_templates": {"all": READERS, "save": BOSS, "delete": BOSS, "demand": ALL},
    "recycle_bin": {
        "kinds": KEEPERS, "keys": KEEPERS, "rows": KEEPERS, "may_restore": KEEPERS, "restore": KEEPERS, "purge_effect": BOSS, "purge": BOSS,
        "demand": ALL,
    },
    "cleanup": {"modules": BOSS, "effect": BOSS, "run": BOSS, "give_back": BOSS, "demand": ALL},
    "undo": {"imports": ALL, "effect": ALL, "undo": ALL, "demand": ALL},
    "queries": dict.fromkeys(
        ("sentence", "problems", "word", "saved", "save", "remove", "recent", "remember", "initials", "demand"), ALL
    ),
    "list_designs": dict.fromkeys(("saved", "save", "remove", "demand"), ALL),
    "batch_entry": dict.fromkeys(("kinds", "columns", "load", "check", "save", "update_many", "demand"), ALL),
    "timeline": {"kinds": READERS, "page": READERS, "keys": READERS, "rows": READERS, "counts": READERS, "demand": ALL},
    "company": {**ENTITY, "profile": ALL, "update": BOSS},
    "dictionaries": {
        "items": ALL, "get": READERS, "add": BOSS, "update": BOSS, "set_active": BOSS, "move": BOSS, "delete": BOSS, "restore": BOSS, "merge": BOSS,
        "demand": ALL,
    },
    "regions": {
        "children": READERS, "get": READERS, "branch": READERS, "find": READERS, "ask": READERS, "recognise": READERS, "add": BOSS, "update": BOSS, "set_active": BOSS, "delete": BOSS,
        "demand": ALL,
    },
    "operators": {
        **FOR_BOSS, "check": BOSS, "update": BOSS, "add": BOSS, "reset_password": BOSS, "unlock": BOSS, "delete": BOSS, "restore": BOSS,
        "active": ALL, "change_password": ALL, "demand": ALL,
        **dict.fromkeys(("locked", "set_active", "grants", "set_grants", "delete_effect"), BOSS),
    },
    "roles": {
        **FOR_BOSS, "demand": ALL,
        **dict.fromkeys(("check", "create", "update", "delete", "delete_effect", "restore", "copy", "rights", "set_rights", "holders", "offered"), BOSS),
    },
    "manual": {"pages": ALL, "picture": ALL, "pdf": ALL, "demand": ALL},
    "first_steps": {"done": ALL, "is_wanted": ALL, "demand": ALL},
    "drafts": {"save": ALL, "mine": ALL, "discard": ALL, "demand": ALL},
    "maintenance": {"check": BOSS, "last_check": BOSS, "repair": BOSS, "demand": ALL,
                    "are_indexes_true": ALL},
    "account": {"verify_password": ALL, "log_lock": ALL, "new_recovery_code": BOSS, "demand": ALL},
    "handover": {"counts": BOSS, "sentence": BOSS, "run": BOSS, "demand": ALL},
    "settings": {"option": ALL, "preference": ALL, "set_preference": ALL, "set_option": BOSS, "set_options": BOSS, "demand": ALL},
    "analyses": {"run": READERS, "save": WRITERS, "save_chart": WRITERS, "pdf": WRITERS, "monthly": WRITERS, "demand": ALL},
    "satisfaction": {"complaints": READERS, "feedback": READERS, "compared": READERS, "customers": READERS, "demand": ALL},
    "backups": {
        "create": BOSS, "create_all": BOSS, "plan": BOSS, "set_plan": BOSS, "set_password": BOSS, "has_password": BOSS, "made": BOSS, "inspect": BOSS,
        "last_at": BOSS, "restore": BOSS, "state": ALL, "run_due": ALL, "export_everything": BOSS, "demand": ALL,
    },
    "audit": {
        **dict.fromkeys(("operations", "ids", "rows", "count", "details", "change_count", "people", "history", "verify", "export"), BOSS), "demand": ALL,
    },
}  # fmt: skip
TABLE = [(area, name, roles) for area, methods in MAY.items() for name, roles in methods.items()]


def test_the_table_has_every_method(offices: dict[str, Office]) -> None:
    """Attachments, duplicates, exchange and reports name their entity with each call and are tried by themselves."""
    for area, controller in controllers(offices["管理员"]).items():
        if area not in ("attachments", "duplicates", "exchange", "reports"):
            assert {name for name, _ in public_methods(controller)} == MAY[area].keys(), area


@pytest.mark.parametrize("role", OPERATORS)
@pytest.mark.parametrize(("area", "method", "roles"), TABLE, ids=[f"{area}.{method}" for area, method, _ in TABLE])
def test_who_may_call_what(offices: dict[str, Office], area: str, method: str, roles: str, role: str) -> None:
    """The right is asked before anything else, so no arguments are needed to see it refused."""
    controller = getattr(offices[role], area)
    work = getattr(controller, method)
    if role[0] in roles:
        area_of_right, verb = work.required_right
        offices[role].context.demand(area_of_right or controller.area, verb)
        return
    with pytest.raises(PermissionDenied, match="请联系管理员"):
        work()


def _may_import(entity: str) -> Callable[[Office, Path], Any]:
    return lambda office, file: office.exchange.fields(entity)


def _may_export(entity: str) -> Callable[[Office, Path], Any]:
    return lambda office, file: office.exchange.export(entity, Query(), file.with_name("out.csv"))


FILES: dict[str, tuple[str, Callable[[Office, Path], Any]]] = {
    "exchange.preview": (KEEPERS + "客", lambda office, file: office.exchange.preview("customers", file)),
    "exchange.export": (WRITERS, lambda office, file: office.exchange.export("customers", Query(), file.with_name("out.xlsx"))),
    "exchange.export contacts": (WRITERS, lambda office, file: office.exchange.export("contacts", Query(), file.with_name("out.csv"))),
    "reports.envelopes": (WRITERS, lambda office, file: office.reports.envelopes(Query(), EnvelopeOptions())),
    "reports.run": (WRITERS, lambda office, file: office.reports.run("customer_list", {}).save(file.with_name("out.csv"))),
    "reports.paper": (WRITERS, lambda office, file: office.reports.paper("customers", office.customers.ids(Query())[0])),
    "reports.run postcodes": (WRITERS, lambda office, file: office.reports.run("postcodes", {"province": "220000"}).save(file.with_name("out.csv"))),
    **{f"exchange.fields {each.key}": (WRITERS, _may_import(each.key)) for each in EVERY_RECORD},
    **{f"exchange.export {each.key}": (WRITERS, _may_export(each.key)) for each in EVERY_RECORD[2:]},
    "reports.run contacts": (WRITERS, lambda office, file: office.reports.run("contact_list", {}).save(file.with_name("out.csv"))),
}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    for row in (["客户名称", "电话"], [SECRET, "0431-85000000"], ["新客户", "0431-85000009"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize("role", OPERATORS)
@pytest.mark.parametrize("name", FILES)
def test_who_may_exchange_and_print(offices: dict[str, Office], fence: "Fence", sheet: Path, name: str, role: str) -> None:
    roles, work = FILES[name]
    if role[0] in roles:
        work(offices[role], sheet)
    else:
        with pytest.raises(PermissionDenied):
            work(offices[role], sheet)
        assert [path.name for path in sheet.parent.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("verb", VERBS)
def test_a_change_of_rights_counts_at_once(offices: dict[str, Office], database: Database, verb: str) -> None:
    zhao = offices["只读"]
    role = database.value("SELECT id FROM roles WHERE name = '只读'")
    before = zhao.may("customers", verb)
    sql = "DELETE FROM permissions WHERE role = ? AND area = ? AND verb = ?" if before else "INSERT INTO permissions VALUES (?, ?, ?)"
    undo = "INSERT INTO permissions VALUES (?, ?, ?)" if before else "DELETE FROM permissions WHERE role = ? AND area = ? AND verb = ?"
    database.execute(sql, (role, "customers", verb))
    assert zhao.may("customers", verb) is not before
    database.execute(undo, (role, "customers", verb))
    assert zhao.may("customers", verb) is before


def test_who_is_deactivated_may_do_nothing_more(offices: dict[str, Office], database: Database) -> None:
    zhao = offices["只读"]
    database.execute("UPDATE operators SET is_active = 0 WHERE name = 'zhao'")
    for work in (zhao.customers.search, zhao.operators.active, zhao.company.profile, lambda: zhao.settings.preference("x")):
        with pytest.raises(PermissionDenied):
            work()
    database.execute("UPDATE operators SET is_active = 1 WHERE name = 'zhao'")
    assert zhao.customers.search()


@pytest.mark.parametrize("area", ["attachments", "exchange", "reports", *MAY])
def test_who_is_deactivated_is_refused_by_every_method(offices: dict[str, Office], database: Database, area: str) -> None:
    """Whatever the role: the account is asked before the arguments are."""
    database.execute("UPDATE operators SET is_active = 0 WHERE name = 'wang'")
    try:
        for name, method in public_methods(getattr(offices["客服"], area)):
            if hasattr(method, "required_right"):
                with pytest.raises(PermissionDenied, match="已停用"):
                    getattr(getattr(offices["客服"], area), name)()
    finally:
        database.execute("UPDATE operators SET is_active = 1 WHERE name = 'wang'")


def test_lines_need_the_right_for_their_own_entity(offices: dict[str, Office], database: Database) -> None:
    role = database.value("SELECT id FROM roles WHERE name = '客服'")
    database.execute("DELETE FROM permissions WHERE role = ? AND area = 'contacts' AND verb = 'create'", (role,))
    wang = offices["客服"]
    before = wang.customers.search().total
    with pytest.raises(PermissionDenied, match="联系人"):
        wang.customers.create({"name": "带联系人"}, lines={"contacts": [{"name": "钱"}]})
    assert wang.customers.search().total == before
    database.execute("INSERT INTO permissions VALUES (?, 'contacts', 'create')", (role,))


def test_the_marks_are_what_the_guard_asks(offices: dict[str, Office]) -> None:
    assert offices["管理员"].customers.create.required_right == (None, "create")  # type: ignore[attr-defined]
    assert offices["管理员"].operators.active.required_right == (None, ANYONE)  # type: ignore[attr-defined]
    assert DEFAULT_ROLES["业务员"][0] == "本人"


# Only their own


@dataclass
class Fence:
    """li sees only his own; ``foreign`` and ``contact`` belong to the administrator."""

    li: Office
    admin: Office
    own: int
    own_contact: int
    foreign: int
    contact: int


@pytest.fixture
def fence(offices: dict[str, Office], database: Database) -> Iterator[Fence]:
    admin, li = offices["管理员"], offices["业务员"]
    values = {"name": SECRET, "phone": "0431-85000000", "region": "220104", "address": "秘密路 1 号", "postcode": "130012"}
    foreign = admin.customers.create({**values, "owner": "admin"}, lines={"contacts": [{"name": "秘密人", "mobile": "13900000001"}]})
    nobody = admin.customers.create({**values, "name": "无主的秘密"}, lines={"contacts": [{"name": "秘密二"}]})
    own = li.customers.create({"name": "李的客户", "phone": "0431-85000002"}, lines={"contacts": [{"name": "小李"}]})
    contacts = {row["customer"]: row["id"] for row in database.query("SELECT id, customer FROM contacts")}
    yield Fence(li, admin, own, contacts[own], foreign, contacts[foreign])
    admin.customers.delete([foreign, nobody, own])
    admin.customers.purge([foreign, nobody, own])


QUERIES = [
    Query(), Query(SECRET), Query("mm"), Query("85000000"), Query("13900000001"), Query("秘密"), Query(order="-created_at", limit=1),
    Query(conditions=[Condition("name", "contains", "秘密")]), Query(conditions=[Not(Condition("name", "=", "没有"))]),
    Query(conditions=[Condition("created_at", "today")]),
]  # fmt: skip
OF_CUSTOMERS = [
    *QUERIES,
    Query(conditions=[Related("contacts", Query())]), Query(conditions=[Related("contacts", Query("秘密人"))]),
    Query(conditions=[Condition("owner", "=", 1)]), Query(conditions=[Condition("owner", "empty")]), Query(conditions=[All(())]),
]  # fmt: skip


@pytest.mark.parametrize(("area", "query"), [*(("customers", each) for each in OF_CUSTOMERS), *(("contacts", each) for each in QUERIES)])
def test_no_query_finds_a_foreign_row(fence: Fence, area: str, query: Query) -> None:
    reader = getattr(fence.li, area)
    own = {"customers": {fence.own}, "contacts": {fence.own_contact}}[area]
    page = reader.search(query)
    assert {row["id"] for row in page.rows} <= own
    assert page.total <= 1
    assert reader.count(query).n <= 1
    assert set(reader.ids(query)) <= own
    everything = getattr(fence.admin, area).search(query)
    assert everything.total >= page.total  # the same question is understood for both


def test_no_page_continues_into_foreign_rows(fence: Fence) -> None:
    page = fence.admin.customers.search(Query(limit=1))
    continued = fence.li.customers.search(Query(after=page.next)).rows + fence.li.customers.search(Query(after=["", 0])).rows
    assert {row["id"] for row in continued} <= {fence.own}


def test_no_id_opens_a_foreign_row(fence: Fence) -> None:
    customers, contacts = fence.li.customers, fence.li.contacts
    assert [row["id"] for row in customers.rows([fence.foreign, fence.own])] == [fence.own]
    assert [row["id"] for row in contacts.rows([fence.contact, fence.own_contact])] == [fence.own_contact]
    for controller, record in ((customers, fence.foreign), (contacts, fence.contact)):
        attempts: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
            (controller.get, (record,)),
            (controller.update, (record, {"remark": "x"}, 1)),
            (controller.check, ({"remark": "x"}, record)),
            (controller.delete, ([record],)),
            (controller.delete_effect, ([record],)),
        ]
        for work, arguments in attempts:
            with pytest.raises(NotFound) as error:
                work(*arguments)
            assert "秘密" not in str(error.value)
    assert fence.admin.customers.get(fence.foreign)["remark"] == ""


def test_the_recycle_bin_has_a_fence_too(fence: Fence) -> None:
    fence.admin.customers.delete([fence.foreign])
    for controller, record in ((fence.li.customers, fence.foreign), (fence.li.contacts, fence.contact)):
        with pytest.raises(NotFound):
            controller.restore([record])
        with pytest.raises(PermissionDenied):
            controller.purge([record])
    fence.admin.customers.restore([fence.foreign])
    fence.li.customers.delete([fence.own])
    fence.li.customers.restore([fence.own])
    assert fence.li.contacts.get(fence.own_contact)


def test_duplicates_are_hinted_among_their_own_only(fence: Fence) -> None:
    values = {"name": SECRET, "phone": "0431-85000000", "mobile": "13900000001"}
    assert fence.li.customers.possible_duplicates(values) == []
    assert len(fence.admin.customers.possible_duplicates(values)) == 2
    assert [each["id"] for each in fence.li.customers.possible_duplicates({"phone": "85000002"})] == [fence.own]


def test_contacts_are_not_hung_onto_foreign_customers(fence: Fence) -> None:
    for customer in (fence.foreign, SECRET):
        with pytest.raises(ValidationError, match="没有找到这个客户，或不是您的客户"):
            fence.li.contacts.create({"name": "间谍", "customer": customer})
    with pytest.raises(ValidationError):
        fence.li.contacts.update(fence.own_contact, {"customer": fence.foreign}, version=1)
    assert fence.li.contacts.search(Query(conditions=[Condition("customer", "=", SECRET)])).total == 0


def test_nothing_is_given_away_or_taken(fence: Fence) -> None:
    version = fence.li.customers.get(fence.own)["version"]
    for owner in ("admin", 1, None):
        with pytest.raises(ValidationError) as error:
            fence.li.customers.update(fence.own, {"owner": owner}, version=version)
        assert error.value.fields.keys() == {"owner"}
    with pytest.raises(ValidationError, match="不能把客户交给别人"):
        fence.li.customers.create({"name": "别人的", "owner": "admin"})
    assert fence.li.customers.get(fence.own)["owner_text"] == "li"


def test_who_loses_a_customer_loses_its_contacts(fence: Fence) -> None:
    fence.admin.customers.update(fence.own, {"owner": "admin"}, version=fence.admin.customers.get(fence.own)["version"])
    assert fence.li.customers.search().total == fence.li.contacts.search().total == 0


@pytest.mark.parametrize("ids", [None, "foreign"])
def test_paper_shows_their_own_only(fence: Fence, tmp_path: Path, ids: str | None) -> None:
    listed = [fence.foreign, fence.own] if ids else None
    contacts = [fence.contact, fence.own_contact] if ids else None
    envelopes = fence.li.reports.envelopes(None if ids else Query(), EnvelopeOptions(), ids=listed)
    assert envelopes.pages == 1
    assert fence.li.reports.envelopes(None if ids else Query(), EnvelopeOptions(), entity="contacts", ids=contacts).pages == 1
    assert "秘密" not in repr(fence.li.reports.envelope_problems(Query(), EnvelopeOptions(), ids=listed))
    for name, chosen in (("customer_list", listed), ("contact_list", contacts)):
        fence.li.reports.run(name, {"query": Query(), "ids": chosen}).save(tmp_path / f"{name}.csv")
        text = (tmp_path / f"{name}.csv").read_bytes().decode("utf-8-sig")
        assert "李" in text
        assert "秘密" not in text


@pytest.mark.parametrize("ids", [None, "foreign"])
def test_files_hold_their_own_only(fence: Fence, tmp_path: Path, ids: str | None) -> None:
    for area, listed in (("customers", [fence.foreign, fence.own]), ("contacts", [fence.contact, fence.own_contact])):
        fence.li.exchange.export(area, Query(), tmp_path / f"{area}.csv", ids=listed if ids else None)
        text = (tmp_path / f"{area}.csv").read_bytes().decode("utf-8-sig")
        assert "李" in text
        assert "秘密" not in text


@pytest.mark.parametrize("mode", ["add", "update", "skip"])
def test_an_import_does_not_meet_foreign_rows(fence: Fence, sheet: Path, mode: Any) -> None:
    before = fence.admin.customers.get(fence.foreign)
    preview = fence.li.exchange.preview("customers", sheet, mode=mode)
    assert [row.target for row in preview.rows] == [None, None]
    assert "已有客户" not in json.dumps([row.notes for row in preview.rows], ensure_ascii=False)
    fence.li.exchange.run(preview)
    assert fence.admin.customers.get(fence.foreign) == before
    made = [row["id"] for row in fence.li.customers.search(Query("0431-8500000")).rows]
    assert len(made) >= 2
    extra = [each for each in made if each != fence.own]
    fence.admin.customers.delete(extra)
    fence.admin.customers.purge(extra)


def test_an_import_of_contacts_does_not_meet_foreign_customers(fence: Fence, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (["姓名", "客户名称", "手机"], ["秘密人", SECRET, "13900000008"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "b.xlsx")
    for mode in ("add", "update"):
        preview = fence.li.exchange.preview("contacts", tmp_path / "b.xlsx", mode=mode)  # type: ignore[arg-type]
        assert preview.error_count == 1
        assert preview.rows[0].target is None
    assert fence.admin.contacts.get(fence.contact)["mobile"] == "13900000001"


def test_an_import_hangs_nothing_onto_foreign_customers_and_finds_no_foreign_number(fence: Fence, tmp_path: Path) -> None:
    admin, li = fence.admin, fence.li
    complaint = admin.complaints.create({"number": "T-9", "customer": fence.foreign, "content": "秘密投诉"})
    workbook = openpyxl.Workbook()
    for row in (["单号", "日期", "客户", "投诉内容"], ["T-9", "2026-11-01", "李的客户", "改掉"], ["", "2026-11-01", SECRET, "间谍"]):
        workbook.active.append(row)
    workbook.save(tmp_path / "t.xlsx")
    for mode in ("add", "update", "skip"):
        preview = li.exchange.preview("complaints", tmp_path / "t.xlsx", mode=mode)  # type: ignore[arg-type]
        assert [(row.fate, row.target) for row in preview.rows] == [("bad", None), ("bad", None)]
        assert "秘密投诉" not in repr(preview.rows)
    assert admin.complaints.get(complaint)["content"] == "秘密投诉"


# Their department's


def test_a_department_sees_its_own(offices: dict[str, Office], database: Database, fence: Fence) -> None:
    sales = next(item["id"] for item in fence.admin.dictionaries.items("department") if item["name"] == "销售部")
    database.execute("UPDATE roles SET data_scope = '本部门' WHERE name = '业务员'")
    try:
        assert {row["id"] for row in fence.li.customers.search().rows} == {fence.own}
        database.execute("UPDATE operators SET department = ? WHERE name IN ('li', 'admin')", (sales,))
        assert {row["id"] for row in fence.li.customers.search().rows} == {fence.own, fence.foreign}
        made = fence.li.customers.create({"name": "部门的"})
        assert fence.li.customers.get(made)["owner_text"] == "li"
        fence.li.customers.update(made, {"owner": "admin"}, version=1)
        with pytest.raises(ValidationError, match="您只能管理自己范围内的客户"):
            fence.li.customers.update(made, {"owner": "wang"}, version=2)
        with pytest.raises(ValidationError, match="您只能管理自己范围内的客户"):
            fence.li.customers.create({"name": "别的部门的", "owner": "wang"})
        fence.admin.customers.delete([made])
        fence.admin.customers.purge([made])
    finally:
        database.execute("UPDATE roles SET data_scope = '本人' WHERE name = '业务员'")
        database.execute("UPDATE operators SET department = NULL")


def test_the_program_itself_sees_everything_and_no_one_else_by_accident(fence: Fence, database: Database) -> None:
    database.execute("UPDATE operators SET deleted_at = 'x' WHERE name = 'li'")
    with pytest.raises(CrmError):
        fence.li.customers.search()
    database.execute("UPDATE operators SET deleted_at = NULL WHERE name = 'li'")


# The table of rights itself


def test_every_right_that_is_asked_for_means_something(offices: dict[str, Office]) -> None:
    """A right that no role can be given would shut a screen or a method for everybody."""
    marked = {
        (right[0] or controller.area, right[1])
        for controller in controllers(offices["管理员"]).values()
        for _, method in public_methods(controller)
        if (right := method.required_right)[1] != ANYONE and (right[0] or hasattr(controller, "area"))
    }
    assert marked <= EVERYTHING


def test_every_area_has_its_verbs() -> None:
    assert AREAS.keys() == MEANINGFUL.keys()
    assert {verb for verbs in MEANINGFUL.values() for verb in verbs} == VERBS.keys()
