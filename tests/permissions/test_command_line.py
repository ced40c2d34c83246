"""The command line goes through the same doors as the window."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop.cli import main
from tests.permissions.probing import INNER, PASSWORD, SECRET, Probe, content

COMMANDS = (
    ("export", "customers", "客户.csv"), ("export", "contacts", "联系人.xlsx"), ("export", "interactions", "往来.csv"),
    ("envelopes", "信封.pdf"), ("labels", "标签.pdf"), ("report", "customer_list", "客户.pdf"), ("report", "contact_list", "联系人.csv"),
    ("paper", "customers", "CODE", "档案卡.pdf"),
)  # fmt: skip


@pytest.fixture
def written(probe: Callable[[str], Probe], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """``written("masked")``: all that the commands write for this operator, as one text."""

    def run(name: str) -> str:
        database = probe(name).office.db
        database.execute("UPDATE credentials SET must_change = 0")
        code = database.value("SELECT code FROM customers WHERE deleted_at IS NULL")
        monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
        monkeypatch.chdir(tmp_path / "out")
        for command in COMMANDS:
            arguments = [str(code) if word == "CODE" else word for word in command]
            main(["--db", str(database.path), "--operator", name, *arguments])
        files = sorted((tmp_path / "out").iterdir())
        return "\n".join(text for file in files for text in content(file.name, file.read_bytes()))

    return run


def test_an_administrator_gets_everything(written: Callable[[str], str]) -> None:
    text = written("admin")
    assert text.count(INNER) >= len(COMMANDS) - 1  # an envelope carries no number unless it is asked to
    assert SECRET in text


def test_numbers_are_masked_there_too(written: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> None:
    text = written("masked")
    assert SECRET in text and "139****7531" in text
    assert INNER not in text + "".join(capsys.readouterr())


@pytest.mark.parametrize("name", ["own", "department", "none", "granted"])
def test_nothing_of_others_leaves_by_it(
    written: Callable[[str], str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert SECRET not in written(name) + "".join(capsys.readouterr())
