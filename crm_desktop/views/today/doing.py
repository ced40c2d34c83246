"""What is done with a line of the first page."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.today.tasks import ANNIVERSARY, BIRTHDAY, COMPLAINT, FOLLOW_UP, QUIET, Task
from crm_desktop.models import COMPLAINTS, ENTITIES, INTERACTIONS
from crm_desktop.views.desk import Desk
from crm_desktop.views.flow_step import take_step
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.form_fields import Surroundings
from crm_desktop.views.memo_actions import ask_day

ONLY_MINE = (BIRTHDAY, ANNIVERSARY, QUIET)
"""Kinds that are only taken off the operator's own page: to see them is enough for that."""
Then = Callable[[], Any]


def may(desk: Desk, task: Task, verb: str) -> bool:
    """Whether the operator may see to it or put it off."""
    return desk.office.may(task.entity, "view" if task.kind in ONLY_MINE else verb)


def open_record(desk: Desk, owner: Misc, task: Task) -> None:
    """A silent customer on its page, anything else in its form."""
    if task.kind == QUIET:
        desk.open("customer", record=task.record)
    else:
        open_form(desk, ENTITIES[task.entity], task.record, parent=owner)


def see_to(desk: Desk, owner: Misc, task: Task, then: Then) -> None:
    """Tick it off, or take a complaint's next step."""
    if task.kind == COMPLAINT:
        take_step(Surroundings(desk, open_form), COMPLAINTS, task.record, parent=owner)
    else:
        _save(desk, owner, lambda: desk.office.today.done(task), _done_words(task), then)


def put_off(desk: Desk, owner: Misc, task: Task, then: Then) -> None:
    """Ask until when, and put it off."""
    day = ask_day(desk, owner, max(task.day, desk.office.clock.today()))
    if day is not None:
        _save(desk, owner, lambda: desk.office.today.postpone(task, day), f"已推迟到 {day}。", then)


def log(desk: Desk, owner: Misc, task: Task, then: Then) -> None:
    """A new 往来 with whom the line is about; when it is saved, a follow-up is done."""
    values = {"customer": task.customer, "contact": task.contact}

    def saved(record: int) -> None:
        if task.kind == FOLLOW_UP:
            _save(desk, owner, lambda: desk.office.today.done(task), "往来已登记，原来的跟进已完成。", then)

    open_form(desk, INTERACTIONS, None, values=values, on_saved=saved, parent=owner)


def dial(desk: Desk, owner: Misc, task: Task) -> None:
    """Bring the call centre to the front with a number, or with the name when there is none."""
    desk.run(lambda job: _number(desk, task), lambda number: desk.open("calls", text=number), owner=owner)


def write_mail(desk: Desk, task: Task) -> None:
    """To the contact, or to the customer's 主联系人 when the line names nobody."""
    entity, record = ("customers", task.customer) if task.contact is None else ("contacts", task.contact)
    desk.open("compose", entity=entity, ids=[record])


def _number(desk: Desk, task: Task) -> str:
    office = desk.office
    if task.contact is not None:
        contact = office.contacts.get(task.contact)
        found = contact["mobile"] or contact["office_phone"]
        if found:
            return str(found)
    assert task.customer is not None
    customer = office.customers.get(task.customer)
    return str(customer["phone"] or customer["mobile"] or customer["name"])


def _save(desk: Desk, owner: Misc, work: Then, told: str, then: Then) -> None:
    def done(result: Any) -> None:
        desk.say(told)
        then()

    desk.run(lambda job: work(), done, owner=owner, title="正在保存…", is_saving=True)


def _done_words(task: Task) -> str:
    return "不再提醒这一条。" if task.kind in ONLY_MINE else "已完成。"
