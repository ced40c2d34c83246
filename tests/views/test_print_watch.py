"""After a job was handed over: what the printer wants is told once, the job can be taken back."""

import pytest

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.system import JobState
from crm_desktop.views import print_watch
from crm_desktop.views.print_watch import JobWatch


@pytest.fixture
def printer(monkeypatch):
    """A printer whose jobs are in these states, one after the other; the last one stays."""
    monkeypatch.setattr(print_watch, "EVERY_MILLISECONDS", 10)
    states, cancelled = [], []

    def job_state(printer, job):
        found = states.pop(0) if len(states) > 1 else states[0]
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(system, "job_state", job_state)
    monkeypatch.setattr(system, "cancel_job", lambda printer, job: cancelled.append((printer, job)))
    return states, cancelled


@pytest.fixture
def watch(desk, frame):
    said = []
    made = JobWatch(desk, frame, "HP", ["7"], lambda text, action=None: said.append((text, action)))
    made.said = said
    return made


WAITING, EMPTY, JAM, OUT = (
    JobState(False), JobState(False, "打印机缺纸，请放纸。"), JobState(False, "打印机卡纸了，请打开机盖取出纸张。"), JobState(True),
)


def told(watch):
    return [text for text, _ in watch.said]


def test_nothing_is_said_when_it_just_prints(printer, watch, wait_until):
    printer[0][:] = [WAITING, WAITING, OUT]
    watch.start()
    wait_until(lambda: watch.is_over)
    assert watch.said == []


def test_each_problem_is_told_once_and_its_end(printer, watch, wait_until):
    printer[0][:] = [EMPTY, EMPTY, EMPTY, WAITING, JAM, WAITING, JAM, JAM, OUT]
    watch.start()
    wait_until(lambda: watch.is_over)
    assert told(watch) == [EMPTY.problem, JAM.problem, "打印任务已完成。"]


def test_the_job_can_be_taken_back(printer, watch, wait_until):
    printer[0][:] = [EMPTY]
    watch.start()
    wait_until(lambda: watch.said)
    label, cancel = watch.said[0][1]
    assert label == "取消打印任务"
    cancel()
    wait_until(lambda: len(watch.said) == 2)
    assert printer[1] == [("HP", "7")] and watch.is_over and told(watch)[-1] == "已取消打印任务。"


def test_a_printer_that_vanishes_is_told(printer, watch, wait_until):
    printer[0][:] = [SystemRefused("找不到打印机“HP”。"), SystemRefused("找不到打印机“HP”。"), OUT]
    watch.start()
    wait_until(lambda: watch.is_over)
    assert told(watch)[0] == "找不到打印机“HP”。"


def test_a_job_that_was_broken_off_is_told(printer, watch, wait_until):
    printer[0][:] = [WAITING, JobState(True, "打印系统中止了这个打印任务。")]
    watch.start()
    wait_until(lambda: watch.is_over)
    assert told(watch) == ["打印系统中止了这个打印任务。"]


def test_a_cancel_that_is_refused_is_told(printer, watch, wait_until, monkeypatch):
    def refuse(printer, job):
        raise SystemRefused("系统不允许取消这个打印任务。")

    monkeypatch.setattr(system, "cancel_job", refuse)
    watch.cancel()
    wait_until(lambda: watch.said)
    assert told(watch) == ["系统不允许取消这个打印任务。"]


def test_it_ends_with_the_screen(printer, watch, frame, root, wait_until):
    printer[0][:] = [WAITING]
    watch.start()
    wait_until(lambda: watch._looks)
    frame.destroy()
    looks = watch._looks
    root.after(60, lambda: None)
    wait_until(lambda: not watch._pause.is_waiting)
    assert watch._looks <= looks + 1


def test_it_does_not_look_for_ever(printer, watch, wait_until, monkeypatch):
    monkeypatch.setattr(print_watch, "MOST_LOOKS", 3)
    printer[0][:] = [WAITING]
    watch.start()
    wait_until(lambda: watch._looks == 3 and not watch._pause.is_waiting)
    assert watch.said == []


def test_a_job_without_a_name_is_not_watched(desk, frame):
    assert JobWatch(desk, frame, "HP", [], print).is_over
