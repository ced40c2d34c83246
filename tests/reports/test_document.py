"""A document reaches the disk completely or not at all, and the clerk is told why not."""

import errno
from pathlib import Path

import pytest

from crm_desktop.errors import ReportError
from crm_desktop.reports.document import Document, replacing, watched


@pytest.fixture
def document() -> Document:
    return Document(b"%PDF new", 1, [])


def test_saving_replaces_the_old_file(document, tmp_path):
    target = tmp_path / "信封.pdf"
    target.write_bytes(b"old")
    document.save(str(target))
    assert target.read_bytes() == b"%PDF new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "Permission denied"), "文件正被其他程序使用"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_failing_disk_leaves_the_old_file(document, tmp_path, monkeypatch, error, sentence, step):
    target = tmp_path / "信封.pdf"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched, pytest.raises(ReportError, match=sentence):
        patched.setattr(Path, step, fail)
        document.save(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_named(document, tmp_path):
    with pytest.raises(ReportError, match="不存在"):
        document.save(tmp_path / "没有" / "信封.pdf")


def test_a_folder_in_the_way_is_refused(document, tmp_path):
    (tmp_path / "信封.pdf").mkdir()
    with pytest.raises(ReportError):
        document.save(tmp_path / "信封.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["信封.pdf"]


def test_other_errors_leave_no_half_file(tmp_path):
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "a.xlsx") as temporary:
        temporary.write_bytes(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_cancelling_stops_a_long_run():
    seen = []
    with pytest.raises(ReportError, match="已取消"):
        for item in watched(range(1000), 1000, None, lambda: len(seen) > 120):
            seen.append(item)
    assert len(seen) == 150
