"""What is done with a memo from any screen: 完成, and 推迟 to one of the days clerks name."""

from collections.abc import Callable
from datetime import date, timedelta
from tkinter import Misc
from typing import Any

from crm_desktop.views.desk import Desk

MONDAY = 7
WEEK = timedelta(days=7)

Then = Callable[[], Any]


def see_to(desk: Desk, owner: Misc, memo: int, day: date | None = None, then: Then = lambda: None) -> None:
    """Tick it off for ``day``, or for the day that doing it now counts for."""
    memos = desk.office.memos

    def work(job: Any) -> None:
        memos.done(memo, day or memos.next_day(memo))

    def done(result: Any) -> None:
        desk.say("已完成。")
        then()

    desk.run(work, done, owner=owner, title="正在保存…", is_saving=True)


def put_off(desk: Desk, owner: Misc, memo: int, day: date | None = None, then: Then = lambda: None) -> None:
    """Ask until when, and put it off."""
    desk.run(
        lambda job: day or desk.office.memos.next_day(memo),
        lambda from_day: _put_off(desk, owner, memo, from_day, then),
        owner=owner,
    )


def _put_off(desk: Desk, owner: Misc, memo: int, from_day: date, then: Then) -> None:
    chosen = ask_day(desk, owner, from_day)
    if chosen is None:
        return

    def done(result: Any) -> None:
        desk.say(f"已推迟到 {chosen}。")
        then()

    desk.run(
        lambda job: desk.office.memos.postpone(memo, from_day, chosen), done, owner=owner, title="正在保存…",
        is_saving=True,
    )  # fmt: skip


def ask_day(desk: Desk, owner: Misc, from_day: date) -> date | None:
    """One of the days after ``from_day`` and today that clerks name; None when they think better of it."""
    coming = days_to_come(max(from_day, desk.office.clock.today()))
    choices = [(to.isoformat(), f"{word}（{to:%m-%d}）") for word, to in coming]
    chosen = desk.dialogs.ask_choice("推迟到哪一天？", choices, default=choices[0][0], title="推迟", parent=owner)
    return None if chosen is None else date.fromisoformat(chosen)


def days_to_come(day: date) -> list[tuple[str, date]]:
    """后一天, 后两天, 下周一, 一周后, 四周后, as seen from a day; each once."""
    monday = day + timedelta(days=MONDAY - day.weekday())
    named = {
        day + timedelta(days=1): "后一天", day + timedelta(days=2): "后两天", monday: "下周一", day + WEEK: "一周后",
        day + 4 * WEEK: "四周后",
    }  # fmt: skip
    return sorted(((word, to) for to, word in named.items()), key=lambda each: each[1])
