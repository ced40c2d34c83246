"""The POSIX half away from printing."""

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.system import posix, posix_commands

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/nfs nfs4 rw 0 0
//nas/公共 /srv/office\\040share cifs rw 0 0
me@host: /home/me/remote fuse.sshfs rw 0 0
drvfs /mnt/c 9p rw 0 0
/dev/sdb1 /run/media/me/STICK vfat rw 0 0
/dev/sdc1 /srv/card ext4 rw 0 0
/dev/sdd1 /srv/nfs/local ext4 rw 0 0
tmpfs /srv/over tmpfs rw 0 0
server:/over /srv/over nfs rw 0 0
"""


@pytest.fixture
def mounts(monkeypatch, tmp_path):
    table = tmp_path / "mounts"
    table.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(posix, "MOUNTS", table)
    for disk, partition, flag in (("sda", "sda1", "0"), ("sdc", "sdc1", "1")):
        folder = tmp_path / "devices" / disk / partition
        folder.mkdir(parents=True)
        (folder.parent / "removable").write_text(flag + "\n", encoding="ascii")
        (tmp_path / "block").mkdir(exist_ok=True)
        (tmp_path / "block" / partition).symlink_to(folder)
    monkeypatch.setattr(posix, "BLOCK_DEVICES", tmp_path / "block")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/me/office.db", False),
        ("/srv/nfs/office.db", True),
        ("/srv/nfsx/office.db", False),
        ("/srv/nfs/local/office.db", False),
        ("/srv/office share/深/office.db", True),
        ("/home/me/remote/office.db", True),
        ("/mnt/c/office.db", False),
        ("/srv/over/office.db", True),
    ],
)
def test_network_paths(mounts, path, expected):
    assert system.is_network_path(Path(path)) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/home/me", False), ("/run/media/me/STICK/备份", True), ("/srv/card/a.db", True), ("/srv/nfs", False)],
)
def test_removable_disks(mounts, path, expected):
    assert system.is_removable(Path(path)) is expected


@pytest.mark.parametrize(("flags", "expected"), [(os.ST_RDONLY, True), (os.ST_NOSUID, False)])
def test_media_that_take_nothing(tmp_path, monkeypatch, flags, expected):
    asked = []
    monkeypatch.setattr(os, "statvfs", lambda folder: asked.append(folder) or SimpleNamespace(f_flag=flags))

    assert system.is_read_only_medium(tmp_path / "还没有" / "a.db") is expected
    assert asked == [tmp_path]


def test_a_link_to_a_share_is_a_share(mounts, tmp_path):
    link = tmp_path / "link"
    link.symlink_to("/srv/nfs")

    assert system.is_network_path(link / "office.db") is True


def test_the_real_mount_table_is_understood(tmp_path):
    assert system.is_network_path(Path("/proc/self")) is False
    assert system.is_removable(Path("/proc/self")) is False


@pytest.fixture
def opener(monkeypatch, tmp_path):
    """An xdg-open that writes down what it was given, and ends as told."""

    def install(script):
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "xdg-open"
        program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/opened\n{script}\n', encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        return tmp_path / "opened"

    return install


def test_files_urls_and_folders_are_handed_to_the_desktop(opener, tmp_path):
    opened = opener("exit 0")
    file = tmp_path / "客户 列表.pdf"
    file.write_bytes(b"x")

    for act, argument, expected in (
        (system.open_path, file, str(file)),
        (system.open_url, "www.example.com", "http://www.example.com"),
        (system.reveal, file, str(tmp_path)),
    ):
        act(argument)
        assert opened.read_text(encoding="utf-8") == expected


def test_file_type_without_a_program_is_said(opener, tmp_path):
    opener("exit 3")
    file = tmp_path / "a.xyz"
    file.write_bytes(b"x")

    with pytest.raises(SystemRefused, match="没有程序能打开“a"):
        system.open_path(file)


def test_numbers_are_dialled_as_digits_alone(opener, tmp_path):
    opener("exit 0")

    system.dial("+852 2345-6789; rm x")

    assert (tmp_path / "opened").read_text(encoding="utf-8") == "tel:+85223456789"


def test_no_telephone_program_is_said(opener):
    opener("exit 3")
    with pytest.raises(SystemRefused, match="没有能拨打电话的程序"):
        system.dial("95588")


def test_a_program_that_stays_open_is_not_waited_for(opener, monkeypatch, tmp_path):
    opener(f"while [ ! -e {tmp_path}/close ]; do sleep 0.05; done; exit 1")
    monkeypatch.setattr(posix, "_OPENER_SECONDS", 0.1)

    system.open_path(tmp_path)

    (tmp_path / "close").touch()


def test_missing_file_and_missing_opener_are_said(monkeypatch, tmp_path):
    with pytest.raises(SystemRefused, match="已经不在了"):
        system.open_path(tmp_path / "gone.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemRefused, match="xdg-utils"):
        system.open_path(tmp_path)


def test_replacing_flushes_the_file_then_renames_then_flushes_the_folder(monkeypatch, tmp_path):
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    flushed, fsync = [], os.fsync

    def watch(handle):
        flushed.append((Path(f"/proc/self/fd/{handle}").readlink(), target.read_bytes()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watch)

    system.replace_durably(source, target)

    assert flushed == [(source, b"old"), (tmp_path, b"new")]
    assert not source.exists()


@pytest.mark.parametrize(("number", "is_raised"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_folders_that_cannot_be_flushed_are_forgiven_but_bad_disks_are_not(
    monkeypatch, tmp_path, number, is_raised
):
    def refuse(handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    raised = False
    try:
        system.fsync_folder(tmp_path)
    except OSError:
        raised = True
    assert raised is is_raised


OTHER_WINDOW = """
import sys
from pathlib import Path
from types import SimpleNamespace
from crm_desktop.system import InstanceLock
with InstanceLock(Path(sys.argv[1])) as lock:
    print(lock.has_others(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other_window():
    """A second process with the database open; says what it saw, ends with ``kill`` or ``communicate``."""
    running = []

    def open_one(database):
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER_WINDOW, str(database)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )
        running.append(process)
        return process, process.stdout.readline().strip()

    yield open_one
    for process in running:
        process.kill()
        process.communicate()


def test_windows_of_one_database_see_each_other(other_window, tmp_path):
    database = tmp_path / "客户.db"
    with system.InstanceLock(database) as lock:
        assert not lock.has_others()
        process, seen = other_window(database)
        assert seen == "True"
        assert lock.has_others()
        assert lock.has_others(), "asking does not give up the mark"
        process.communicate("close\n")
        assert not lock.has_others()


def test_a_killed_window_is_not_counted(other_window, tmp_path):
    database = tmp_path / "客户.db"
    process, seen = other_window(database)
    assert seen == "False"

    with system.InstanceLock(database) as lock:
        assert lock.has_others()
        process.kill()
        process.wait()
        assert not lock.has_others()
        assert lock.look().was_cut_off
    with system.InstanceLock(database) as lock:
        assert not lock.look().was_cut_off, "the next window clears away what was left"


def test_other_databases_are_not_counted(other_window, tmp_path):
    other_window(tmp_path / "b.db")

    with system.InstanceLock(tmp_path / "a.db") as lock:
        assert not lock.has_others()


def test_who_may_write_the_office_may_write_that_it_is_open(tmp_path):
    database = tmp_path / "客户.db"
    database.touch()
    for mode in (0o666, 0o660):
        database.chmod(mode)
        with system.InstanceLock(database) as lock:
            assert stat.S_IMODE(lock.path.stat().st_mode) == mode


def test_who_has_a_database_open_is_told_to_who_has_not(tmp_path):
    database = tmp_path / "客户.db"
    assert system.InstanceLock(database).look() == system.Look()
    assert not list(tmp_path.iterdir()), "looking leaves nothing behind"
    window = system.InstanceLock(database)
    window.open("2026-11-22T01:12:00Z")
    [holder] = system.InstanceLock(database).look().others
    assert (holder.computer, holder.user) == (system.computer_name(), system.os_user())
    window.sign("张" * 300)
    [holder] = system.InstanceLock(database).look().others
    assert holder.operator == "张" * 40 and holder.since == "2026-11-22T01:12:00Z"
    window.close()
    assert system.InstanceLock(database).look() == system.Look()


@pytest.mark.parametrize("written", [b"\xff\xfe", b"[1]", b'{"operator": 7, "since": null}', b"{"])
def test_nonsense_in_the_file_is_a_window_without_a_name(tmp_path, written):
    database = tmp_path / "客户.db"
    with system.InstanceLock(database):
        with (tmp_path / "客户.db.lock").open("r+b") as file:
            file.seek(1024)
            file.write(written.ljust(1024))
        assert system.InstanceLock(database).look().others == (system.Holder(),)


def test_a_closed_window_sees_nobody_and_a_folder_without_room_stops_nobody(tmp_path):
    lock = system.InstanceLock(tmp_path / "a.db")
    assert not lock.has_others()
    with lock, system.InstanceLock(tmp_path / "a.db"):
        assert lock.has_others()
    assert not lock.has_others()
    with system.InstanceLock(tmp_path / "missing" / "a.db") as nowhere:
        assert not nowhere.has_others()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w-0"}, True), ({"DISPLAY": ""}, False)],
)
def test_display(monkeypatch, variables, expected):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert system.has_display() is expected


def test_a_new_offices_file_goes_into_the_users_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))

    assert posix.shared_folder() == tmp_path


def test_a_folder_for_all_accounts_is_one_that_others_may_write(tmp_path):
    shared, own = tmp_path / "shared", tmp_path / "own"
    shared.mkdir()
    shared.chmod(0o777)
    own.mkdir(mode=0o755)

    assert system.is_for_all_users(shared / "new" / "office.db") is True
    assert system.is_for_all_users(own / "new" / "office.db") is False


def wait_for(file):
    deadline = time.monotonic() + 5
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("start", "program", "arguments"),
    [
        (system.open_calculator, posix.CALCULATORS[-1], ""),
        (system.open_writer, "libreoffice", "--writer"),
        (system.open_writer, "wps", ""),
        (system.open_spreadsheet, "soffice", "--calc"),
        (system.open_spreadsheet, "et", ""),
    ],
)
def test_the_first_program_found_is_started(monkeypatch, tmp_path, start, program, arguments):
    made = tmp_path / "bin" / program
    made.parent.mkdir()
    says = f'echo "$@" > {tmp_path}/started.new'
    moves = f"/bin/mv {tmp_path}/started.new {tmp_path}/started"  # whole when it is seen
    made.write_text(f"#!/bin/sh\n{says}\n{moves}\n", encoding="utf-8")
    made.chmod(0o755)
    monkeypatch.setenv("PATH", str(made.parent))

    start()
    wait_for(tmp_path / "started")

    assert (tmp_path / "started").read_text(encoding="utf-8").strip() == arguments


def test_what_is_started_sees_nothing_of_the_frozen_program(monkeypatch, tmp_path):
    """A program of the desktop, and a command of CUPS."""
    made = tmp_path / "bin" / "libreoffice"
    made.parent.mkdir()
    written = tmp_path / "variables"
    made.write_text(f"#!/bin/sh\nexport > {written}.new\n/bin/mv {written}.new {written}\n", encoding="utf-8")
    made.chmod(0o755)
    for name, value in {"PATH": str(made.parent), "TCL_LIBRARY": "/p/_tcl_data", "WITH": "中文"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "_MEIPASS", "/p", raising=False)

    system.open_writer()
    wait_for(written)

    for seen in (written.read_text(encoding="utf-8"), posix_commands.ask("/bin/sh", "-c", "export")):
        assert "TCL_LIBRARY" not in seen and "WITH='中文'" in seen


@pytest.mark.parametrize(
    ("start", "what"),
    [(system.open_calculator, "计算器"), (system.open_writer, "文字处理"), (system.open_spreadsheet, "电子表格")],
)
def test_a_missing_program_is_said(monkeypatch, tmp_path, start, what):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemRefused, match=f"没有找到{what}"):
        start()
