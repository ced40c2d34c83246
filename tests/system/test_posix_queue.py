"""The queue of a real CUPS printer: what keeps it, what waits in it, taking a job out."""

import subprocess

import pytest

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.system import JobState, PrinterState, PrintJob


@pytest.fixture
def stopped(cups, make_pdf):
    """A printer that is stopped, and the name of a job that waits for it."""
    cups.add_printer("stopped")
    cups.run("cupsdisable", "stopped")
    result = system.print_pdf(make_pdf(220, 110, ["一", "二"]), PrintJob("stopped", 220, 110))
    yield result.job
    cups.run("cancel", "-a", "stopped")
    cups.run("cupsenable", "stopped")


def test_a_ready_printer_has_no_problem(cups, make_pdf):
    cups.add_printer("ready")
    assert system.printer_state("ready") == PrinterState("", 0)
    result = system.print_pdf(make_pdf(220, 110, ["一"]), PrintJob("ready", 220, 110))
    cups.printed("ready")
    assert system.job_state("ready", result.job) == JobState(is_done=True)


def test_a_stopped_printer_says_so_and_keeps_the_job_until_it_is_cancelled(cups, stopped):
    state = system.job_state("stopped", stopped)
    assert not state.is_done and ("已暂停" in state.problem or "已停止" in state.problem)
    assert system.printer_state("stopped").waiting == 1
    system.cancel_job("stopped", stopped)
    assert system.job_state("stopped", stopped).is_done
    assert system.printer_state("stopped").waiting == 0
    system.cancel_job("stopped", stopped)  # gone already


def test_a_job_goes_on_when_the_printer_does(cups, stopped):
    cups.run("cupsenable", "stopped")
    cups.printed("stopped")
    assert system.job_state("stopped", stopped) == JobState(is_done=True)


@pytest.fixture
def printing(cups, make_pdf):
    """``printing(wish)``: the name of a printer that wants this, and of a job that it was given."""
    names = []

    def start(wish):
        name = f"wants{len(names)}"
        names.append(name)
        cups.add_printer(name, wants=wish)
        cups.run("lpadmin", "-p", name, "-o", "printer-error-policy=abort-job")
        return name, system.print_pdf(make_pdf(220, 110, ["一"]), PrintJob(name, 220, 110)).job

    yield start
    for name in names:
        cups.run("cancel", "-a", name)
        cups.run("lpadmin", "-x", name)


@pytest.mark.parametrize(
    ("wish", "words"), [("media-empty-error", "缺纸"), ("media-jam-error", "卡纸"), ("media-empty-warning", ""), ("toner-low-report", "")]
)
def test_what_the_printer_wants_is_told(printing, wait_until, wish, words):
    name, job = printing(wish)
    wait_until(lambda: words in system.job_state(name, job).problem, 10)
    state = system.job_state(name, job)
    assert not state.is_done and bool(state.problem) == bool(words)


def test_a_job_that_was_broken_off_says_so(printing, wait_until):
    name, job = printing("fail")
    wait_until(lambda: system.job_state(name, job).is_done, 20)
    assert "中止" in system.job_state(name, job).problem


def test_a_service_that_is_down_is_no_empty_queue(cups, monkeypatch, tmp_path):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    for ask in (lambda: system.job_state("ready", "ready-1"), lambda: system.printer_state("ready")):
        with pytest.raises(SystemRefused, match="打印服务没有运行"):
            ask()


def test_a_job_without_a_name_is_not_taken_for_printed(cups):
    with pytest.raises(SystemRefused, match="没有编号"):
        system.job_state("ready", "")


def test_a_cancel_that_is_refused_is_said(cups, stopped, monkeypatch):
    from crm_desktop.system import posix_queue

    refused = subprocess.CompletedProcess([], 1, "", "cancel: Forbidden")
    real = posix_queue.run
    monkeypatch.setattr(posix_queue, "run", lambda command, s: refused if command[0] == "cancel" else real(command, s))
    with pytest.raises(SystemRefused, match="不允许取消"):
        system.cancel_job("stopped", stopped)


def test_a_printer_that_is_gone_is_said(cups):
    with pytest.raises(SystemRefused, match="找不到打印机“没有的”"):
        system.printer_state("没有的")


