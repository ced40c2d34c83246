"""附件: kept with their record, refused for a reason, seen by whom the record is seen, part of every backup."""

import gc
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.controllers import Office
from crm_desktop.controllers import attachments as module
from crm_desktop.errors import CrmError, FieldError, NotFound, PermissionDenied, ReportError
from crm_desktop.models.attachment import KINDS, LARGEST_BYTES, LONGEST_NAME, check_name, ending, free_name

PDF = b"%PDF-1.7 scan"


@pytest.fixture
def customer(office: Office) -> int:
    return office.customers.create({"name": "宏达"})


@pytest.fixture
def complaint(office: Office, customer: int) -> int:
    return office.complaints.create({"customer": customer, "content": "漏油"})


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "合同 扫描.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def added(office: Office, complaint: int, scan: Path) -> int:
    return office.attachments.add("complaints", complaint, scan)


def names(office: Office, complaint: int) -> list[str]:
    return [row["name"] for row in office.attachments.list("complaints", complaint)]


# Adding


def test_a_file_is_kept_whole_and_listed(office: Office, complaint: int, added: int, tmp_path: Path) -> None:
    (row,) = office.attachments.list("complaints", complaint)
    assert (row["id"], row["name"], row["size"], row["kind"]) == (added, "合同 扫描.pdf", len(PDF), "PDF")
    assert (row["size_text"], row["created_at_text"][:10]) == ("1 KB", "2026-11-22")
    assert "content" not in row
    assert office.attachments.count("complaints", complaint) == 1
    office.attachments.save_to(added, tmp_path / "out.PDF")
    assert (tmp_path / "out.PDF").read_bytes() == PDF


def test_adding_is_logged_and_told(office: Office, complaint: int, scan: Path, heard: Any, log: Any) -> None:
    added = office.attachments.add("complaints", complaint, scan)
    number = office.complaints.get(complaint)["number"]
    assert office.audit.operations()[0]["sentence"] == f"添加附件：客户投诉 {number}，合同 扫描.pdf"
    assert log()[-1] == ("attachments", added, "create", None, None)
    assert heard[-1] == ("complaints", {complaint})


def test_reading_reports_progress(office: Office, complaint: int, tmp_path: Path) -> None:
    path, told = tmp_path / "a.jpg", []
    path.write_bytes(os.urandom(module.PIECE * 2 + 5))
    office.attachments.add("complaints", complaint, path, lambda done, total: told.append((done, total)))
    size = module.PIECE * 2 + 5
    assert told == [(module.PIECE, size), (module.PIECE * 2, size), (size, size)]


def refused(office: Office, complaint: int, path: Path) -> str:
    with pytest.raises(FieldError) as error:
        office.attachments.add("complaints", complaint, path)
    assert office.attachments.list("complaints", complaint) == []
    sentence = str(error.value)
    assert sentence.count("。") == 1 and sentence.endswith("。")
    return sentence


def test_what_is_no_file_is_refused(office: Office, complaint: int, tmp_path: Path) -> None:
    folder = tmp_path / "文件夹.pdf"
    folder.mkdir()
    empty = tmp_path / "空.pdf"
    empty.touch()
    assert "找不到文件" in refused(office, complaint, tmp_path / "没有.pdf")
    assert "是文件夹" in refused(office, complaint, folder)
    assert refused(office, complaint, empty) == "“空.pdf”是空文件，没有添加。"


def test_a_file_of_2_gb_is_refused_without_being_read(
    office: Office, complaint: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "录像.pdf"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    monkeypatch.setattr(module, "_read", lambda *arguments: pytest.fail("it was read"))
    assert refused(office, complaint, huge) == "“录像.pdf”有 2.0 GB，附件最大 20 MB。"


def test_the_limit_is_exact(office: Office, complaint: int, tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    assert "附件最大" in refused(office, complaint, path)
    os.truncate(path, LARGEST_BYTES)
    assert office.attachments.add("complaints", complaint, path)


def test_a_file_that_grows_while_it_is_read_is_refused(
    office: Office, complaint: int, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.models.attachment.LARGEST_BYTES", len(PDF))
    with scan.open("ab") as file:

        def grow(done: int, total: int) -> None:
            file.write(b"more")
            file.flush()

        with pytest.raises(FieldError, match="附件最大"):
            office.attachments.add("complaints", complaint, scan, grow)


@pytest.mark.parametrize("name", ["a.exe", "照片.jpg.lnk", "b.PDF.bat", "没有结尾", "x.vbs", ".pdf"])
def test_what_the_system_would_run_is_refused(office: Office, complaint: int, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PDF)
    assert "类型不能作为附件" in refused(office, complaint, path)


def test_an_unreadable_file_is_refused(
    office: Office, complaint: int, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled_out(*arguments: Any, **options: Any) -> Any:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", pulled_out)
    assert "无法读取“合同 扫描.pdf”" in refused(office, complaint, scan)


def test_the_same_content_is_kept_once_a_record(
    office: Office, customer: int, complaint: int, added: int, tmp_path: Path
) -> None:
    again = tmp_path / "又一份.pdf"
    again.write_bytes(PDF)
    with pytest.raises(FieldError, match=r"与已有的附件“合同 扫描\.pdf”内容相同，没有再存一份"):
        office.attachments.add("complaints", complaint, again)
    other = office.complaints.create({"customer": customer, "content": "又漏油"})
    office.attachments.add("complaints", other, again)
    assert names(office, complaint) == ["合同 扫描.pdf"] and names(office, other) == ["又一份.pdf"]


def test_two_of_one_name_can_be_told_apart(office: Office, complaint: int, added: int, scan: Path) -> None:
    scan.write_bytes(b"another")
    office.attachments.add("complaints", complaint, scan)
    assert names(office, complaint) == ["合同 扫描.pdf", "合同 扫描 (2).pdf"]


def test_only_records_that_have_them_take_them(office: Office, customer: int, scan: Path) -> None:
    for entity in ("customers", "operators", "nothing"):
        with pytest.raises(NotFound, match="不能带附件"):
            office.attachments.add(entity, customer, scan)


# Changing


def test_a_deleted_one_comes_back(office: Office, complaint: int, added: int, heard: Any, log: Any) -> None:
    operation = office.attachments.delete([added])
    assert names(office, complaint) == [] and heard[-1] == ("complaints", {complaint})
    assert log()[-1] == ("attachments", added, "delete", None, None)
    assert office.db.value("SELECT deleted_in FROM attachments") == operation
    for work in (office.attachments.delete, office.attachments.open_copy):
        with pytest.raises(NotFound):
            work([added] if work == office.attachments.delete else added)  # type: ignore[operator]
    office.attachments.restore([added])
    assert names(office, complaint) == ["合同 扫描.pdf"]
    assert log()[-1] == ("attachments", added, "restore", None, None)
    with pytest.raises(NotFound):
        office.attachments.restore([added])


def test_restoring_meets_what_was_added_meanwhile(office: Office, complaint: int, added: int, scan: Path) -> None:
    office.attachments.delete([added])
    scan.write_bytes(b"another")
    second = office.attachments.add("complaints", complaint, scan)
    office.attachments.restore([added])
    assert sorted(names(office, complaint)) == ["合同 扫描 (2).pdf", "合同 扫描.pdf"]
    office.attachments.delete([added])
    office.attachments.delete([second])
    scan.write_bytes(PDF)
    office.attachments.add("complaints", complaint, scan)
    with pytest.raises(FieldError, match="内容相同"):
        office.attachments.restore([second, added])
    assert names(office, complaint) == ["合同 扫描.pdf"]


def test_renaming_keeps_the_ending(office: Office, complaint: int, added: int, scan: Path, log: Any) -> None:
    office.attachments.rename(added, " 合同/正本 ")
    assert names(office, complaint) == ["正本.pdf"]
    assert log()[-1] == ("attachments", added, "update", '{"name": "合同 扫描.pdf"}', '{"name": "正本.pdf"}')
    office.attachments.rename(added, "病毒.exe")
    assert names(office, complaint) == ["病毒.exe.pdf"]
    with pytest.raises(FieldError, match="请填写"):
        office.attachments.rename(added, "  ")
    scan.write_bytes(b"another")
    office.attachments.add("complaints", complaint, scan)
    with pytest.raises(FieldError, match="已经有"):
        office.attachments.rename(added, "合同 扫描.pdf")


def test_they_go_and_come_back_with_their_record(office: Office, customer: int, complaint: int, added: int) -> None:
    office.customers.delete([customer])
    with pytest.raises(NotFound):
        office.attachments.list("complaints", complaint)
    with pytest.raises(NotFound):
        office.attachments.open_copy(added)
    office.customers.restore([customer])
    assert names(office, complaint) == ["合同 扫描.pdf"]
    office.customers.delete([customer])
    office.customers.purge([customer])
    assert office.db.value("SELECT count(*) FROM attachments") == 0


# Opening


def test_a_copy_is_read_only_and_goes_with_the_session(
    enter: Callable[..., Office], complaint: int, added: int
) -> None:
    own = enter()
    copy = own.attachments.open_copy(added)
    assert copy.read_bytes() == PDF and copy.name == f"{added}-合同 扫描.pdf"
    assert not copy.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH | stat.S_IXUSR)
    assert own.attachments.open_copy(added) == copy
    del own
    gc.collect()
    assert not copy.parent.exists()


def test_what_a_broken_session_left_is_swept(
    office: Office, added: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, new = tmp_path / "crm-attachments-old", tmp_path / "crm-attachments-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "1-a.pdf").touch(stat.S_IREAD)
    now = office.clock.now().timestamp()
    os.utime(old, (now - 90_000, now - 90_000))
    os.utime(new, (now - 80_000, now - 80_000))
    office.attachments.open_copy(added)
    assert not old.exists() and new.exists()


def test_a_name_that_was_changed_by_hand_is_not_opened(office: Office, added: int) -> None:
    office.db.execute("UPDATE attachments SET name = '合同.exe'")
    with pytest.raises(FieldError, match="类型不能"):
        office.attachments.open_copy(added)


def test_saving_keeps_the_ending_and_replaces_all_or_nothing(
    office: Office, added: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "旧.pdf"
    target.write_bytes(b"old")
    with pytest.raises(FieldError, match=r"保留文件名的结尾“\.pdf”"):
        office.attachments.save_to(added, tmp_path / "旧.exe")
    with pytest.raises(ReportError, match="文件夹"):
        office.attachments.save_to(added, tmp_path / "没有" / "旧.pdf")

    def full(*arguments: Any) -> Any:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(ReportError, match="磁盘空间不足"):
            office.attachments.save_to(added, target)
    assert target.read_bytes() == b"old"


# Rights


def every_way(office: Office, complaint: int, attachment: int, path: Path) -> list[Callable[[], Any]]:
    each = office.attachments
    return [
        lambda: each.list("complaints", complaint), lambda: each.count("complaints", complaint),
        lambda: each.open_copy(attachment), lambda: each.save_to(attachment, path.with_name("out.pdf")),
        lambda: each.add("complaints", complaint, path), lambda: each.rename(attachment, "别名"),
        lambda: each.delete([attachment]), lambda: each.restore([attachment]),
    ]  # fmt: skip


def test_who_does_not_see_the_record_does_not_see_them(
    office: Office, hire: Callable[..., Office], complaint: int, added: int, scan: Path
) -> None:
    li = hire("li", "业务员")
    other = scan.with_name("他.pdf")
    other.write_bytes(b"li's")
    for work in every_way(li, complaint, added, other):
        with pytest.raises(NotFound) as error:
            work()
        assert "合同" not in str(error.value)
    told = []
    for attachment in (added, added + 1):  # one that is another's, and one that is not there
        with pytest.raises(NotFound) as error:
            li.attachments.open_copy(attachment)
        told.append(str(error.value))
    assert told[0] == told[1]
    office.attachments.delete([added])
    with pytest.raises(NotFound):
        li.attachments.restore([added])
    assert not scan.with_name("out.pdf").exists()


def test_their_own_records_take_and_give_them(hire: Callable[..., Office], scan: Path) -> None:
    li = hire("li", "业务员")
    own = li.customers.create({"name": "李的客户"})
    complaint = li.complaints.create({"customer": own, "content": "漏油"})
    added = li.attachments.add("complaints", complaint, scan)
    li.attachments.delete([added])
    li.attachments.restore([added])
    assert names(li, complaint) == ["合同 扫描.pdf"]


def test_who_only_reads_does_not_add_or_delete(
    hire: Callable[..., Office], complaint: int, added: int, scan: Path
) -> None:
    zhao = hire("zhao", "只读")
    for work in every_way(zhao, complaint, added, scan)[:4]:
        work()
    for work in every_way(zhao, complaint, added, scan)[4:7]:
        with pytest.raises(PermissionDenied, match="客户投诉"):
            work()


def test_without_the_right_to_look_nothing_is_seen(
    office: Office, hire: Callable[..., Office], complaint: int, added: int, scan: Path
) -> None:
    zhao = hire("zhao", "只读")
    office.db.execute("DELETE FROM permissions WHERE area = 'complaints' AND role = (SELECT id FROM roles WHERE name = '只读')")
    for work in every_way(zhao, complaint, added, scan)[:7]:
        with pytest.raises(PermissionDenied):
            work()


# Backups


def test_they_are_part_of_every_backup_and_restore(
    office: Office, enter: Callable[..., Office], complaint: int, added: int, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    backup = office.backups.create(stick).path
    office.attachments.delete([added])
    office.complaints.delete([complaint])
    office.complaints.purge([complaint])
    office.backups.restore(backup)
    restored = enter()
    assert names(restored, complaint) == ["合同 扫描.pdf"]
    assert restored.attachments.open_copy(added).read_bytes() == PDF


def test_a_list_does_not_read_their_pages(office: Office, complaint: int, added: int) -> None:
    plan = office.db.query(f"EXPLAIN QUERY PLAN {module.LISTED}", ("complaints", complaint))
    assert any("attachments_record" in row["detail"] for row in plan)


# Names


@given(st.text(max_size=200), st.sampled_from(sorted(KINDS)))
def test_every_name_is_fit_for_every_system(stem: str, kind: str) -> None:
    try:
        name = check_name(stem + kind)
    except CrmError:
        assert not stem.strip() or stem.endswith(("/", "\\")) or not stem.rpartition("/")[2].strip()
        return
    assert ending(name) == kind and 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    name.encode("utf-8")
    assert free_name(name, {name}) != name and len(free_name(name, {name})) <= LONGEST_NAME
    assert ending(free_name(name, {name})) == kind
