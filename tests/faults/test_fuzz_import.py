"""Whatever is offered to an import: read, or refused in a sentence; and a preview never writes."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import CrmError, ImportRefused
from tests.faults.scene import is_sentence
from tests.faults.whole import assert_whole
from tests.faults.work import PASSWORD

SHEETS = Path(__file__).resolve().parents[1] / "controllers" / "exchange" / "data"
WORKBOOKS = {file.name: file.read_bytes() for file in sorted(SHEETS.glob("*.*s*")) if file.suffix != ".py"}
NAMES = st.sampled_from(sorted(WORKBOOKS))
ENDINGS = st.sampled_from([".xlsx", ".xls", ".csv", ".txt", ".ods", ".et", ".pdf"])
HEADINGS = st.sampled_from(
    ["客户名称", "电话", "备注", "客户编号", "联系人", "区域", "注册资金", "生日", "邮编", "省", ""]
)
LIST = "客户名称,客户编号,电话,注册资金（元）,邮编,区域,备注\n宏达,,0431-85123456,5000,130000,吉林省长春市,老客户\n".encode()
DAMAGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=30)


@pytest.fixture
def office(live: Path, cheap_passwords: None) -> Iterator[Office]:
    office = sign_in(Database.open(live / "office.db"), "admin", PASSWORD, clock=FixedClock.at("2026-11-22"))
    yield office
    assert_whole(office.db)
    office.db.close_all()


@pytest.fixture
def tried(request: pytest.FixtureRequest, count: Callable[..., None]) -> Callable[..., None]:
    """``tried(strategy, check)``: call the check with many made-up values; with --slow very many."""
    examples = 1500 if request.config.getoption("--slow") else 40

    def run(what: str, strategy: st.SearchStrategy, check: Callable[..., None]) -> None:
        slow_is_fine = (HealthCheck.too_slow, HealthCheck.data_too_large)

        @settings(max_examples=examples, suppress_health_check=slow_is_fine)
        @given(strategy)
        def each(value: object) -> None:
            count(f"import: {what}")
            check(value)

        each()

    return run


def preview(office: Office, path: Path, content: bytes, entity: str = "customers") -> object:
    """The preview, or None when it was refused; either way nothing is written."""
    path.write_bytes(content)
    before = office.db.value("SELECT total_changes()")
    try:
        return office.exchange.preview(entity, path)
    except CrmError as error:
        assert is_sentence(str(error)), error
        return None
    finally:
        assert office.db.value("SELECT total_changes()") == before


def damaged(content: bytes, damages: list[tuple[float, int]]) -> bytes:
    """Some bytes put in the place of others."""
    spoilt = bytearray(content)
    for place, byte in damages:
        spoilt[int(place * len(spoilt))] = byte
    return bytes(spoilt)


def with_damaged_part(workbook: bytes, part: float, damages: list[tuple[float, int]]) -> bytes:
    """A zip that is sound, with something broken inside: the reader's XML is reached."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            content = old.read(name)
            is_chosen = name == names[int(part * len(names))] and content
            new.writestr(name, damaged(content, damages) if is_chosen else content)
    return made.getvalue()


def test_any_bytes(office: Office, tmp_path: Path, tried: Callable[..., None]) -> None:
    starts = st.sampled_from(
        [b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe", b"\xef\xbb\xbf", b"<html>"]
    )
    values = st.tuples(ENDINGS, starts, st.binary(max_size=2000))
    tried("any bytes", values, lambda made: preview(office, tmp_path / f"名单{made[0]}", made[1] + made[2]))


def test_a_workbook_with_bytes_changed(office: Office, tmp_path: Path, tried: Callable[..., None]) -> None:
    def check(made: tuple[str, list[tuple[float, int]]]) -> None:
        preview(office, tmp_path / made[0], damaged(WORKBOOKS[made[0]], made[1]))

    tried("workbooks with bytes changed", st.tuples(NAMES, DAMAGES), check)


def test_a_workbook_cut_off(office: Office, tmp_path: Path, tried: Callable[..., None]) -> None:
    def check(made: tuple[str, float]) -> None:
        whole = WORKBOOKS[made[0]]
        preview(office, tmp_path / made[0], whole[: int(made[1] * len(whole))])

    tried("workbooks cut off", st.tuples(NAMES, st.floats(0, 1)), check)


def test_a_sound_zip_with_something_broken_inside(office: Office, tmp_path: Path, tried: Callable[..., None]) -> None:
    def check(made: tuple[str, float, list[tuple[float, int]]]) -> None:
        preview(office, tmp_path / made[0], with_damaged_part(WORKBOOKS[made[0]], *made[1:]))

    zips = st.sampled_from([name for name, content in WORKBOOKS.items() if content.startswith(b"PK")])
    tried("zips with a broken part", st.tuples(zips, st.floats(0, 1, exclude_max=True), DAMAGES), check)


def test_a_list_with_bytes_changed(office: Office, tmp_path: Path, tried: Callable[..., None]) -> None:
    tried("lists with bytes changed", DAMAGES, lambda made: preview(office, tmp_path / "名单.csv", damaged(LIST, made)))


def test_any_words_in_any_columns_are_imported_or_told(
    office: Office, tmp_path: Path, tried: Callable[..., None]
) -> None:
    """Through to the writing: all rows or none, and nothing but a sentence."""
    cells = st.one_of(
        st.text(max_size=12), st.sampled_from(["=1+1", "2026-02-30", "1e400", "-0", "13904310001", "宏达"])
    )
    values = st.tuples(st.lists(HEADINGS, min_size=1, max_size=5), st.lists(st.lists(cells, max_size=6), max_size=5))

    def check(made: tuple[list[str], list[list[str]]]) -> None:
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (made[0], *made[1])]
        content = "\n".join(lines).encode("utf-8", errors="replace")
        planned = preview(office, tmp_path / "名单.csv", content)
        if planned is not None:
            customers = office.db.value("SELECT count(*) FROM customers")
            try:
                added = office.exchange.run(planned, skip_bad=True).added
            except CrmError as error:
                assert is_sentence(str(error)), error
                added = 0
            assert office.db.value("SELECT count(*) FROM customers") == customers + added

    tried("any words in any columns", values, check)


# Files made to do harm


def package(path: Path, **parts: bytes) -> Path:
    """plain.xlsx with some of its parts replaced; ``xl__workbook`` is xl/workbook.xml."""
    replaced = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    with ZipFile(SHEETS / "plain.xlsx") as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *replaced]):
            new.writestr(name, replaced.get(name) if name in replaced else old.read(name))
    return path


def test_a_small_file_that_unpacks_into_a_huge_one(office: Office, tmp_path: Path) -> None:
    bomb = package(tmp_path / "名单.xlsx", xl__sharedStrings=b"<sst><si><t>" + bytes(120 << 20) + b"</t></si></sst>")
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(ImportRefused, match="不合常理"):
        office.exchange.preview("customers", bomb)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)
)


@pytest.mark.parametrize("name", ["xl__workbook", "xl__sharedStrings", "xl__worksheets__sheet1"])
@pytest.mark.parametrize(
    "content",
    [LAUGHS + b"]><a>&l11;</a>", b"<a>" * 200_000, b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>'],
    ids=["entities in entities", "deep", "a file from elsewhere"],
)
def test_xml_made_to_do_harm(office: Office, tmp_path: Path, name: str, content: bytes) -> None:
    file = package(tmp_path / "名单.xlsx", **{name: content})
    preview(office, tmp_path / "名单.xlsx", file.read_bytes())
