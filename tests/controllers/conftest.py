"""A founded office on a real file, copied for every test, with a clock that stands still."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, create_office, passwords, sign_in
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.db import Database
from crm_desktop.events import EventBus, RecordsChanged

PASSWORD = "hongda2026"
PROFILE = {"region": "220104", "area_code": "0431", "postcode": "130012", "address": "人民大街 1 号", "short_name": "宏达"}


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """A password costs a tenth of a second on purpose; the tests ask for hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.at("2026-11-22")


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory, cheap_hashes: None) -> tuple[Path, str]:
    """An office nobody has worked in yet, and its recovery code."""
    path = tmp_path_factory.mktemp("founded") / "office.db"
    database = Database.open(path, create=True)
    code = create_office(database, "长春宏达", "admin", PASSWORD, PROFILE, FixedClock.at("2026-11-21"))
    database.close_all()
    return path, code


@pytest.fixture
def database(tmp_path: Path, founded: tuple[Path, str]) -> Iterator[Database]:
    path = tmp_path / "office.db"
    shutil.copyfile(founded[0], path)
    opened = Database.open(path)
    yield opened
    opened.close_all()


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    """As the administrator sees it."""
    return sign_in(database, "admin", PASSWORD, clock=clock)


@pytest.fixture
def enter(database: Database, clock: FixedClock) -> Callable[..., Office]:
    """``enter("admin")``: the office as that operator uses it."""

    def sign(name: str = "admin", password: str = PASSWORD) -> Office:
        return sign_in(database, name, password, clock=clock)

    return sign


@pytest.fixture
def hire(office: Office, enter: Callable[..., Office]) -> Callable[..., Office]:
    """``hire("li", "业务员")``: a new operator's office."""

    def add(name: str, role: str, **values: Any) -> Office:
        office.operators.add({"name": name, "full_name": f"{name}先生", "role": role, **values}, PASSWORD)
        return enter(name)

    return add


@pytest.fixture
def heard(office: Office) -> list[tuple[str, set[int] | None]]:
    """(entity, ids) of every RecordsChanged that the administrator's windows are told."""
    events: list[tuple[str, set[int] | None]] = []
    bus: EventBus = office.bus
    bus.subscribe(RecordsChanged, lambda each: events.append((each.entity, each.ids and set(each.ids))))
    return events


@pytest.fixture
def log(office: Office) -> Callable[[], list[tuple[Any, ...]]]:
    """``log()``: what the audit table holds, as (entity, record, kind, old, new)."""

    def read() -> list[tuple[Any, ...]]:
        return [tuple(row) for row in office.db.query("SELECT entity, record, kind, old, new FROM audit ORDER BY id")]

    return read


@pytest.fixture(scope="session")
def sample_of(
    sample_file: Callable[[Any], Path], tmp_path_factory: pytest.TempPathFactory, cheap_hashes: None
) -> Iterator[Callable[[str], Office]]:
    """``sample_of("2026-11-22")``: the sample office of that day, for reading; each is built once."""
    built: dict[str, Office] = {}

    def sample(day: str) -> Office:
        if day not in built:
            clock = FixedClock.at(day)
            path = tmp_path_factory.mktemp("sample") / "示例办公室.db"
            database = Database.open(shutil.copyfile(sample_file(clock), path))
            built[day] = sign_in(database, *sample_sign_in(database), clock=clock)  # type: ignore[misc]
        return built[day]

    yield sample
    for office in built.values():
        office.db.close_all()
