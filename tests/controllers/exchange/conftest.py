"""Sheets made on the spot, and imports of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from crm_desktop.controllers import Office
from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """``sheet(["公司名称", "电话"], ["甲公司", "…"], …)``: a workbook with these rows."""

    def make(*rows: Sequence[Any], name: str = "名单.xlsx") -> Path:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def plan(office: Office, sheet: Callable[..., Path]) -> Callable[..., ImportPreview]:
    """``plan(heading, row, …, mode="update")``: the preview of importing these rows as customers."""

    def preview(*rows: Sequence[Any], entity: str = "customers", by: Office = office, **options: Any) -> ImportPreview:
        return by.exchange.preview(entity, sheet(*rows), **options)

    return preview


@pytest.fixture
def bring_in(office: Office, plan: Callable[..., ImportPreview]) -> Callable[..., ImportResult]:
    """Preview and import these rows."""

    def run(*rows: Sequence[Any], skip_bad: bool = False, by: Office = office, **options: Any) -> ImportResult:
        return by.exchange.run(plan(*rows, by=by, **options), skip_bad=skip_bad)

    return run


@pytest.fixture
def names(office: Office) -> Callable[[], list[str]]:
    """The customers there are now, in the order they were made."""
    return lambda: [row["name"] for row in office.db.query("SELECT name FROM customers WHERE deleted_at IS NULL")]
