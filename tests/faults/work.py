"""A clerk at mixed work, in a process that is killed: saves, imports, steps, backups, restores, cleanups, migrations."""

import os
import shutil
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from argon2 import PasswordHasher

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, passwords, sign_in
from crm_desktop.controllers.cleanup_modules import Selection
from crm_desktop.db import Database
from tests.faults.ledger import Diary

PASSWORD = "hongda2026"
TODAY = date(2026, 11, 22)
ROWS = 12
"""How many customers one imported file brings."""
MOST = 60
"""Customers beyond which the clerk rather purges: every check reads them all."""


def cheap_passwords() -> None:
    """Real password hashes, but quick ones."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clerk:
    """Works in ``folder``: office.db, diary, backups/, old/ with files of older programs in templates/."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = Random(seed)
        self.diary = Diary(folder / "diary.txt")
        self.ledger = self.diary.read()
        self.seed, self.number = seed, 0
        with self.doing("open"):
            self.office = self.sign_in()

    def sign_in(self) -> Office:
        database = Database.open(self.folder / "office.db")
        return sign_in(database, "admin", PASSWORD, clock=FixedClock.at(TODAY.isoformat()))

    def doing(self, do: str, **details: object):
        return self.diary.doing(self.ledger, do, **details)

    def token(self, word: str) -> str:
        """A word that was never used before."""
        self.number += 1
        return f"{word}{self.seed}-{self.number}"

    def some(self, place: str, count: int = 1) -> list[str]:
        names = self.ledger.held.named(place)
        return self.dice.sample(names, min(count, len(names)))

    def ids(self, names: list[str]) -> list[int]:
        return [self.office.db.value("SELECT id FROM customers WHERE name = ?", (name,)) for name in names]


def create(clerk: Clerk) -> None:
    name = clerk.token("客户")
    contacts = [{"name": "王", "mobile": "13904310001"}, {"name": "李"}]
    with clerk.doing("create", names=[name], remark="", contacts=2):
        clerk.office.customers.create({"name": name, "phone": "0431-85123456"}, lines={"contacts": contacts})


def update(clerk: Clerk) -> None:
    for name in clerk.some("live"):
        [record], remark = clerk.ids([name]), clerk.token("记")
        version = clerk.office.customers.get(record)["version"]
        with clerk.doing("update", names=[name], remark=remark):
            clerk.office.customers.update(record, {"remark": remark}, version)


def delete(clerk: Clerk) -> None:
    names = clerk.some("live", 2)
    if names:
        with clerk.doing("move", names=names, place="bin"):
            clerk.office.customers.delete(clerk.ids(names))


def bring_back(clerk: Clerk) -> None:
    names = clerk.some("bin", 2)
    if names:
        with clerk.doing("move", names=names, place="live"):
            clerk.office.customers.restore(clerk.ids(names))


def purge(clerk: Clerk) -> None:
    many = len(clerk.ledger.held.customers) > MOST
    if many and not clerk.ledger.held.named("bin"):
        names = clerk.some("live", MOST)
        with clerk.doing("move", names=names, place="bin"):
            clerk.office.customers.delete(clerk.ids(names))
    names = clerk.some("bin", MOST if many else 2)
    if names:
        with clerk.doing("purge", names=names):
            clerk.office.customers.purge(clerk.ids(names))


def complain(clerk: Clerk) -> None:
    """A complaint and the steps of its course, each a piece of work of its own."""
    for name in clerk.some("live"):
        content, complaints = clerk.token("投诉"), clerk.office.complaints
        with clerk.doing("complain", content=content, customer=name, state="待处理"):
            record = complaints.create({"customer": clerk.ids([name])[0], "type": "产品质量", "content": content})
        course = (("assign", {"handler": "admin"}, "处理中"), ("finish", {"result": "换新"}, "待回访"))
        for step, values, state in course:
            with clerk.doing("complain", content=content, customer=name, state=state):
                complaints.advance(record, step, values, complaints.get(record)["version"])


def import_new(clerk: Clerk) -> None:
    names, remark = [clerk.token("导入") for _ in range(ROWS)], clerk.token("批")
    file = _sheet(clerk, "客户名称,备注,联系人姓名", (f"{name},{remark},赵" for name in names))
    with clerk.doing("create", names=names, remark=remark, contacts=1):
        operation = _import(clerk, file, "add", len(names))
    if clerk.dice.random() < 0.2:
        with clerk.doing("move", names=names, place="bin"):
            clerk.office.undo.undo(operation)


def import_again(clerk: Clerk) -> None:
    names, remark = clerk.some("live", ROWS), clerk.token("批")
    if names:
        file = _sheet(clerk, "客户名称,备注", (f"{name},{remark}" for name in names))
        with clerk.doing("update", names=names, remark=remark):
            _import(clerk, file, "update", len(names))


def _sheet(clerk: Clerk, heading: str, rows) -> Path:
    file = clerk.folder / "名单.csv"
    file.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return file


def _import(clerk: Clerk, file: Path, mode: str, rows: int) -> int:
    preview = clerk.office.exchange.preview("customers", file, mode=mode)
    result = clerk.office.exchange.run(preview)
    assert result.added + result.updated == rows, result
    return result.operation


def back_up(clerk: Clerk) -> None:
    folder = clerk.folder / "backups"
    for old in sorted(folder.glob("*.db"), key=lambda file: file.stat().st_mtime)[:-2]:
        clerk.ledger.backups.pop(old.name, None)
        old.unlink()
    name = f"{clerk.token('备份')}.db"
    with clerk.doing("back_up", file=name):
        clerk.office.backups.create(folder).path.rename(folder / name)


def restore(clerk: Clerk) -> None:
    folder = clerk.folder / "backups"
    kept = [name for name in clerk.ledger.backups if (folder / name).exists()]
    if kept:
        name = clerk.dice.choice(kept)
        with clerk.doing("restore", file=name):
            clerk.office.backups.restore(folder / name)
        clerk.office.db.close_all()
        with clerk.doing("open"):
            clerk.office = clerk.sign_in()


def clean_up(clerk: Clerk) -> None:
    """All complaints of all time leave for ever, after a backup; then the file is made smaller."""
    selection = Selection(("complaints",), TODAY, only_finished=False)
    expected = clerk.office.cleanup.effect(selection)
    if expected.total:
        with clerk.doing("clean_up"):
            clerk.office.cleanup.run(selection, PASSWORD, expected)


def migrate(clerk: Clerk) -> None:
    template = clerk.dice.choice(sorted((clerk.folder / "templates").glob("v*.db")))
    file = clerk.folder / "old" / f"{template.stem}.db"
    if not file.exists():
        shutil.copyfile(template, file.with_suffix(".part")).replace(file)  # a copy cut off would be no older office
        with clerk.doing("migrate", file=file.name):
            Database.open(file).close_all()


WORK: dict[Callable[[Clerk], None], int] = {
    create: 4, update: 3, delete: 2, bring_back: 1, purge: 1, complain: 2,
    import_new: 2, import_again: 1, back_up: 2, restore: 2, clean_up: 1, migrate: 2,
}  # fmt: skip
"""What the clerk does, and how often."""


def work_until_killed(folder: str, seed: int) -> None:
    """What the child process runs; should it end by itself, error.txt says why."""
    try:
        cheap_passwords()
        clerk = Clerk(Path(folder), seed)
        while True:
            [piece] = clerk.dice.choices(list(WORK), list(WORK.values()))
            piece(clerk)
    except BaseException:
        (Path(folder) / "error.txt").write_text(traceback.format_exc(), encoding="utf-8")
        os._exit(1)
