"""The queue of a real CUPS printer: what keeps it, what waits in it, taking a job out."""

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


@pytest.mark.parametrize("reason", ["media-empty-error", "media-jam-error"])
def test_what_the_printer_reports_is_told(cups, reason, monkeypatch):
    """Reasons come from the printer's own filter or backend; here a backend says one and waits."""
    cups.add_printer("reporting")
    from crm_desktop.system import posix_queue

    def options(printer):
        return {"printer-state": "4", "printer-state-reasons": f"{reason},toner-low-warning"}

    monkeypatch.setattr(posix_queue, "_options", options)
    assert ("缺纸" in system.printer_state("reporting").problem) == (reason == "media-empty-error")


def test_a_printer_that_is_gone_is_said(cups):
    with pytest.raises(SystemRefused, match="找不到打印机“没有的”"):
        system.printer_state("没有的")


