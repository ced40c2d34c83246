"""Four things an office does, each to be disturbed at every write: a save, an import, a backup, a restore."""

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import CrmError
from tests.faults.ledger import Entry
from tests.faults.work import PASSWORD, cheap_passwords

ROWS = [f"导入{number}" for number in range(12)]
LIST, LISTED = "名单.csv", "\n".join(["客户名称,备注,联系人姓名", *(f"{name},批,赵" for name in ROWS)])
"""The file to import."""
PR_SET_PTRACER, ANYONE = 0x59616D61, -1


@dataclass(frozen=True)
class Job:
    work: Callable[[Office, Path], object]
    """Given the office and the folder that holds ``backups``, ``earlier.db`` and the list to import."""
    result: Entry | None
    """What the ledger says of it; None for a restore of earlier.db."""


def save(office: Office, folder: Path) -> None:
    office.customers.create({"name": "新客户"}, lines={"contacts": [{"name": "王"}, {"name": "李"}]})


def bring_in(office: Office, folder: Path) -> None:
    office.exchange.run(office.exchange.preview("customers", folder / LIST))


def back_up(office: Office, folder: Path) -> None:
    office.backups.create(folder / "backups")


def restore(office: Office, folder: Path) -> None:
    office.backups.restore(folder / "earlier.db")


JOBS = {
    "save": Job(save, {"do": "create", "names": ["新客户"], "remark": "", "contacts": 2}),
    "import": Job(bring_in, {"do": "create", "names": ROWS, "remark": "批", "contacts": 1}),
    "backup": Job(back_up, {"do": "back_up", "file": ""}),
    "restore": Job(restore, None),
}


def attempt(job: str, office: Office, folder: Path) -> str:
    """Empty when it was done; the sentence a clerk reads when it was not; other errors are not caught."""
    try:
        JOBS[job].work(office, folder)
    except CrmError as error:
        return str(error)
    return ""


def serve(job: str, folder: str, ends: Connection) -> None:
    """A process that has the office open and tries the job once for every word it is told, answering the sentence."""
    let_anyone_trace()
    cheap_passwords()
    database = Database.open(Path(folder) / "office.db")
    office = sign_in(database, "admin", PASSWORD, clock=FixedClock.at("2026-11-22"))
    ends.send("ready")
    while ends.recv():
        try:
            answer = attempt(job, office, Path(folder))
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        ends.send(answer)
    database.close_all()


def let_anyone_trace() -> None:
    """Some systems let a process be traced by its ancestors only."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYONE, 0, 0, 0)
