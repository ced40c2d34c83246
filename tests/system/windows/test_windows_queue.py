"""The queue of a Windows printer, by the bits of winspool.h."""

import pytest

from crm_desktop.errors import SystemRefused
from crm_desktop.system import JobState, PrinterState
from crm_desktop.system.windows_queue import cancel_job, job_state, printer_state

HP = "HP LaserJet"


@pytest.mark.parametrize(
    ("status", "attributes", "words"),
    [(0, 0, ""), (0x10, 0, "缺纸"), (0x8 | 0x10, 0, "卡纸"), (0x80, 0, "脱机"), (0, 0x400, "脱机"), (0x400000, 0, "盖子"),
     (0x1, 0, "已暂停"), (0x400, 0, ""), (0x40000, 0, "墨粉"), (0x20, 0, "手动进纸"), (0x2, 0, "出错")],
)  # fmt: skip
def test_what_keeps_the_printer(driver, status, attributes, words):
    driver.status, driver.attributes, driver.jobs = status, attributes, {3: 0, 4: 0}
    state = printer_state(HP)
    assert words in state.problem and bool(state.problem) == bool(words)
    assert state.waiting == 2
    assert not driver.is_open


@pytest.mark.parametrize(
    ("status", "is_done", "words"),
    [(0, False, ""), (0x10, False, ""), (0x40, False, "缺纸"), (0x20, False, "脱机"), (0x200, False, "堵住"), (0x400, False, "面板"),
     (0x80, True, ""), (0x1000, True, ""), (0x100, True, ""), (0x4, True, ""), (0x40 | 0x2, False, "缺纸")],
)  # fmt: skip
def test_where_a_job_is(driver, status, is_done, words):
    driver.jobs = {12: status}
    state = job_state(HP, "12")
    assert state.is_done == is_done and words in state.problem


def test_a_job_that_is_gone_is_done(driver):
    assert job_state(HP, "12") == JobState(is_done=True)


def test_a_job_without_a_word_says_what_keeps_its_printer(driver):
    driver.jobs, driver.status = {12: 0}, 0x10
    assert "缺纸" in job_state(HP, "12").problem


def test_cancelling_takes_the_job_out_once(driver):
    driver.jobs = {12: 0}
    cancel_job(HP, "12")
    cancel_job(HP, "12")
    assert [call for call in driver.calls if call[0] == "SetJob"] == [("SetJob", 12, 5)]
    assert printer_state(HP) == PrinterState("", 0)


def test_a_printer_that_is_gone_and_a_job_without_number_are_said(driver):
    with pytest.raises(SystemRefused, match="没有编号"):
        job_state(HP, "")
    driver.failures["OpenPrinter"] = 1801
    with pytest.raises(SystemRefused, match="找不到打印机"):
        printer_state(HP)


def test_a_job_that_goes_while_it_is_cancelled_is_no_error(driver):
    driver.jobs, driver.failures["SetJob"] = {12: 0}, 87
    cancel_job(HP, "12")
    driver.failures["SetJob"] = 5
    with pytest.raises(SystemRefused, match="权限"):
        cancel_job(HP, "12")


@pytest.mark.parametrize(("code", "words"), [(5, "权限"), (112, "空间不足"), (1722, "Print Spooler"), (1801, "找不到"), (9999, "没有完成")])
def test_each_refusal_of_windows_has_its_sentence(driver, code, words):
    driver.failures["OpenPrinter"] = code
    with pytest.raises(SystemRefused, match=words):
        printer_state(HP)
