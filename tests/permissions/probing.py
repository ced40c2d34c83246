"""Calls whatever an operator can call, with every kind of record, and reads all that comes back."""

import dataclasses
import inspect
import io
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pypdfium2

from crm_desktop.controllers import Office
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.grids.rows import GridRow
from crm_desktop.controllers.memos import Occurrence
from crm_desktop.controllers.today.tasks import FOLLOW_UP, Task
from crm_desktop.db import Database
from crm_desktop.errors import CrmError
from crm_desktop.models import OPERATORS, RECORDS, Query
from crm_desktop.models.analysis import COMPLAINT_SATISFACTION
from crm_desktop.models.list_design import ListDesign
from crm_desktop.models.question import Question
from crm_desktop.reports import EnvelopeOptions
from crm_desktop.reports.calibration import crosses
from crm_desktop.reports.label_sheets import LabelOptions

PASSWORD = "hongda2026"
SECRET = "秘密"
"""Stands in every record that only the administrator and those who see all may know."""
HIDDEN = "86427531"
"""Digits of every number that only who has the right to 电话号码 may know."""
INNER = HIDDEN[:5]
"""What no stars leave of them."""
GRANT = ("products", "view")
READ_FROM = ("preview", "columns", "sheets", "add", "inspect", "restore")
"""Methods whose ``path`` is a file to read; others write theirs."""
WHOLE_FILE = ("backups.create", "backups.create_all", "backups.run_due", "backups.restore", "cleanup.run", "cleanup.give_back")
"""What copies the file as it is, puts another in its place or purges it: whoever has that right has everything."""
OPTIONAL = ("query", "ids", "record", "mode", "columns", "parameters", "options", "path", "entity")
"""Arguments that are given although there is a default."""
OPAQUE = (Controller, Context, Database, Office, type, Callable)
LONGEST = 400
"""As many items of anything are looked at."""


class Refused(str):
    """What an error said instead of an answer."""


class Misuse(Refused):
    """What came of a call that was not meant."""


class Probe:
    """Calls public methods as one operator; nothing that they change stays."""

    def __init__(self, office: Office, admin: Office, folder: Path) -> None:
        self.office, self._admin, self._folder = office, admin, folder

    def methods(self) -> Iterator[tuple[str, Controller, str]]:
        """Everything that the office offers, whatever is added to it later."""
        for area, controller in vars(self.office).items():
            for name, _ in inspect.getmembers(type(controller), callable) if isinstance(controller, Controller) else ():
                if not name.startswith("_"):
                    yield f"{area}.{name}", controller, name

    def answers(self) -> Iterator[tuple[str, str]]:
        """(method, text) of all that comes back from calls with every kind of record, and of the files written."""
        for title, controller, name in self.methods():
            if title not in WHOLE_FILE:
                for arguments in self._situations(controller, name):
                    yield from ((title, text) for text in self._call(controller, name, arguments))

    def _call(self, controller: Controller, name: str, arguments: Mapping[str, Any]) -> list[str]:
        for old in self._folder.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        try:
            with self.office.db.atomic():
                found = list(texts(getattr(controller, name)(**arguments)))
                found += [
                    text
                    for file in self._folder.rglob("*")
                    if file.is_file()
                    for text in content(file.name, file.read_bytes())
                ]
                raise _Undo(found)
        except _Undo as undo:
            return undo.found
        except (CrmError, sqlite3.Error) as error:
            return [Refused(error), *map(Refused, texts(vars(error)))]
        except Exception as error:  # no screen would call it so: with this kind of record, with these values
            return [Misuse(f"{type(error).__name__}: {error}")]

    def _situations(self, controller: Controller, name: str) -> Iterator[dict[str, Any]]:
        wanted = inspect.signature(getattr(controller, name)).parameters
        own = getattr(getattr(controller, "entity", None), "key", "customers")
        asked: list[dict[str, Any]] = []
        for entity in [each.key for each in RECORDS] if "entity" in wanted else [own]:
            for record in self._world.records.get(entity, (1,)):
                arguments = {
                    each.name: self._value(name, controller, each, entity, record)
                    for each in wanted.values()
                    if each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
                    and (each.default is each.empty or each.name in OPTIONAL)
                }
                if arguments not in asked:  # what takes no record is called once
                    asked.append(arguments)
                    yield arguments

    def _value(self, method: str, controller: Controller, wanted: inspect.Parameter, entity: str, record: int) -> Any:
        world, name = self._world, wanted.name
        if name == "path":
            return world.sheet if method in READ_FROM else self._folder / "out.xlsx"
        if name == "name" and method == "run":
            return {"customers": "customer_list", "contacts": "contact_list"}.get(entity, "interaction_list")
        if name in ("values", "version") and hasattr(controller, "entity"):
            return self._as_seen(entity, record) if name == "values" else self._version(entity, record)
        if name == "to" and wanted.annotation is int:
            return world.operator
        if name == "options" and method == "labels":
            return LabelOptions(include_phone=True)
        near = {
            "entity": entity, "folder": self._folder, "record": record, "records": [record], "ids": [record], "columns": None,
            "key": COMPLAINT_SATISFACTION.key if method == "run" else "lock_minutes",
        }  # fmt: skip
        return near[name] if name in near else self._by_name(wanted)

    def _by_name(self, wanted: inspect.Parameter) -> Any:
        known = vars(self._world)
        if wanted.name in known:
            return known[wanted.name]
        for kind, value in ((Path, self._folder / "out"), (bool, False), (int, 1), (str, "x"), (list, []), (dict, {})):
            if kind.__name__ in str(wanted.annotation) or (kind is list and "Sequence" in str(wanted.annotation)):
                return value
        return _made_of(wanted.annotation)

    def _as_seen(self, entity: str, record: int) -> dict[str, Any]:
        """A record as a form of this operator sends it back."""
        try:
            seen = getattr(self.office, entity).get(record)
        except CrmError:
            return {}
        return {name: seen[name] for name in getattr(self.office, entity).entity.writable if name in seen}

    def _version(self, entity: str, record: int) -> int:
        return int(self.office.db.value(f"SELECT version FROM {entity} WHERE id = ?", (record,)) or 1)

    def _made(self, make: Callable[[Office], Any]) -> Any:
        """What other methods take: made by the operator, or by one who may, to see that the next door is shut too."""
        try:
            return make(self.office)
        except CrmError:
            return make(self._admin)

    @cached_property
    def _world(self) -> SimpleNamespace:
        """Values for arguments by their names."""
        admin, db = self._admin, self._admin.db
        sheet = self._folder.with_name("表.xlsx")
        records = {
            each.key: [row[0] for row in db.query(f"SELECT id FROM {each.key}")] for each in (*RECORDS, OPERATORS)
        }
        book = openpyxl.Workbook()
        for row in (
            ["客户编号", "客户名称", "备注"],
            [db.value("SELECT code FROM customers"), "", "改"],
            ["", "新来的", "新"],
        ):
            book.active.append(row)
        book.save(sheet)
        customer = records["customers"][0]
        item, other = (row["id"] for row in islice(admin.dictionaries.items("level"), 2))
        preview = self._made(lambda office: office.exchange.preview("customers", sheet, mode="update"))
        table = self._made(lambda office: office.analyses.run(COMPLAINT_SATISFACTION.key, "2026-01-01", "2026-12-31"))
        return SimpleNamespace(
            records=records, sheet=sheet, customer=customer, contact=records["contacts"][0], query=Query(), text=SECRET,
            preview=preview, table=table, question=Question("customers"), field="owner", design=ListDesign((("name", 0.0),)),
            rows=[GridRow({"name": "新来的", "phone": "0431-85000001"})],
            start="2026-01-01", end="2026-12-31", year=2026, month=11, number="10086", name="宏达", mode="update",
            attachment=1, attachments=[1], code="220104", parent="220000", kind="level", item=item, into=other,
            pasted="王明 吉林省长春市人民大街1号", position=1, is_active=True, value=20, values={}, version=1, state="待处理", step="finish", area="customers",
            verb="view", parameters={}, options=EnvelopeOptions(include_phone=True),
            found=crosses(EnvelopeOptions()), occurrence=Occurrence(1, date(2026, 11, 22), False, {}), password=PASSWORD, old=PASSWORD,
            new="another one", operator=2, rights=[("customers", "view")], counts={"customers": 1}, chart=table.charts()[0],
            selection=SimpleNamespace(
                modules=("complaints",), until=date(2026, 12, 31), since=None, only_finished=False, period=""
            ),
            direction="来电", task=Task(FOLLOW_UP, 1, date(2026, 11, 22), ""), to=date(2026, 12, 1), keys=[("complaints", each) for each in records["complaints"]],
            keep=customer, others=records["customers"][1:2], chosen={"name": records["customers"][1]},
            versions=dict.fromkeys(records["customers"], 1),
        )  # fmt: skip


def _made_of(kind: Any) -> Any:
    """Something of a declared kind, as it is without being told more; None when that cannot be made."""
    try:
        return kind() if inspect.isclass(kind) else None
    except TypeError:
        return None


class _Undo(Exception):
    """Takes everything back that a call has written, and carries what it answered."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self.found = found


def texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Every text and number inside a value, however it is wrapped."""
    if value is None or isinstance(value, bool) or depth > 12 or isinstance(value, OPAQUE):
        return
    if isinstance(value, str | int | float | Path):
        yield str(value)
    elif isinstance(value, bytes):
        yield from content("", value)
    elif isinstance(value, Mapping):
        for key, each in list(value.items())[:LONGEST]:
            yield from texts(key, depth + 1)
            yield from texts(each, depth + 1)
    elif hasattr(value, "to_bytes"):
        yield from content("", value.to_bytes())
    elif hasattr(value, "save") and hasattr(value, "pdf"):
        yield from content("", value.pdf().to_bytes())
    else:
        inside: Iterable[Any] = islice(value, LONGEST) if isinstance(value, Iterable) else ()
        parts = vars(value).values() if hasattr(value, "__dict__") else ()
        slots = (
            (getattr(value, each.name) for each in dataclasses.fields(value)) if dataclasses.is_dataclass(value) else ()
        )
        for each in (*inside, *parts, *slots):
            yield from texts(each, depth + 1)


def content(name: str, data: bytes) -> Iterator[str]:
    """The texts of a file, by what it is."""
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        yield from (page.get_textpage().get_text_range() for page in document)
    elif data.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        yield from (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    else:
        yield name
        yield data.decode("utf-8", errors="replace")
