"""Who acts in the sample office, and when: its working days, its staff each in their own name, its customers."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from crm_desktop.clock import FixedClock
from crm_desktop.controllers.context import Context, Operator
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_customers import Plan
from crm_desktop.controllers.sample_words import Words
from crm_desktop.models.working_time import is_working_day

OPENING, CLOSING = 9 * 60, 17 * 60
"""Minutes of the day between which things happen; customers are entered before."""
TALKING = {"重要": 8, "一般": 3, "潜在": 1}
BUYING = {"重要": 8, "一般": 3, "潜在": 0}
"""How much an office deals with customers of a level."""
FAVOURITE = 24
"""The weight of the one customer with a long history."""
QUIET, SILENT_DAYS = 3, 50


@dataclass(frozen=True)
class Event:
    """What somebody of the staff did at a local moment."""

    at: datetime
    operator: int
    act: Callable[[Office], object]


class Days:
    """The working days of the sample's two years; nothing happens later than on the last of them, before today."""

    def __init__(self, first: date, today: date, chance: Random) -> None:
        every = (first + timedelta(days=number) for number in range((today - first).days))
        self.all = [day for day in every if is_working_day(day)]
        self.today = today
        self.bad_quarter = quarter(today) - 2
        """Of the supplier's bad batch."""
        self.chance = chance

    def on_or_before(self, day: date) -> date:
        return self.all[max(bisect_right(self.all, day) - 1, 0)]

    def ago(self, working_days: int) -> date:
        """1 is the last one."""
        return self.all[-working_days]

    def later(self, day: date, working_days: int) -> date:
        return self.all[min(bisect_left(self.all, day) + working_days, len(self.all) - 1)]

    def spread(self, count: int, weight: Callable[[date], float], but_last: int = 0) -> list[date]:
        """So many days in order, as evenly as their weights allow; the first two weeks and the last days stay free."""
        days = self.all[10 : len(self.all) - but_last]
        total = list(accumulate(map(weight, days)))
        step = total[-1] / count
        return [days[bisect_left(total, (number + self.chance.random()) * step)] for number in range(count)]

    def moment(self, day: date) -> datetime:
        """Some time in the working hours of a day."""
        return datetime.combine(day, time()) + timedelta(minutes=self.chance.randint(OPENING, CLOSING))

    def after(self, moment: datetime, working_days: int) -> datetime:
        """Some time on a later day, or a while later the same day."""
        soonest = moment + timedelta(minutes=self.chance.randint(3, 25))
        if not working_days:
            return soonest
        return max(soonest, self.moment(self.later(moment.date(), working_days)))


def quarter(day: date) -> int:
    """The quarters of all years, counted on."""
    return day.year * 4 + (day.month - 1) // 3


class Staff:
    """The operators, each with the office as they may use it; all share one clock."""

    def __init__(self, office: Office, clock: FixedClock) -> None:
        self._office = office
        self._clock = clock
        self._offices: dict[int, Office] = {}
        self.of_role: dict[str, list[int]] = {}
        self.join(office.operator)

    @property
    def manager(self) -> int:
        return next(iter(self._offices))

    @property
    def everybody(self) -> list[int]:
        """In the order in which they joined."""
        return list(self._offices)

    def join(self, operator: Operator) -> None:
        assert operator.id is not None
        context = replace(self._office.context, operator=operator)
        self._offices[operator.id] = Office(Context(context.db, operator, context.bus, self._clock))
        self.of_role.setdefault(operator.role, []).append(operator.id)

    def other(self, operator: int) -> int:
        """A colleague of the same role."""
        colleagues = next(ids for ids in self.of_role.values() if operator in ids)
        return next(each for each in colleagues if each != operator)

    def live(self, events: Iterable[Event]) -> None:
        """Let everything happen in the order of time."""
        for event in sorted(events, key=lambda each: each.at):
            self._clock.moment = event.at.astimezone(UTC)
            event.act(self._offices[event.operator])


class Clients:
    """The customers that are not deleted, in the order in which they come."""

    def __init__(self, plans: Iterable[Plan], days: Days) -> None:
        self.all = [plan for plan in plans if not plan.is_deleted]
        self._days = days
        self._since = [plan.since for plan in self.all]
        self.important = [plan for plan in self.all if plan.values["level"] == "重要"]
        self.favourite = self.important[0]
        self.quiet = self.important[2 : 2 + QUIET]
        """Important ones that nobody has spoken to for weeks."""
        self._silence = days.today - timedelta(days=SILENT_DAYS)
        self._talking = list(accumulate(self._weight(plan, TALKING) for plan in self.all))
        self._buying = list(
            accumulate(
                0 if plan.values.get("category") == "供应商" else self._weight(plan, BUYING) for plan in self.all
            )
        )

    def talker(self, day: date) -> Plan:
        """Somebody one is in touch with."""
        return self._pick(day, self._talking)

    def buyer(self, day: date) -> Plan:
        return self._pick(day, self._buying)

    def _weight(self, plan: Plan, weights: dict[str, int]) -> int:
        return FAVOURITE if plan is self.favourite else weights[plan.values["level"]]

    def _pick(self, day: date, total: list[int]) -> Plan:
        known = bisect_left(self._since, day)
        while True:
            plan = self.all[bisect_right(total, self._days.chance.randrange(total[known - 1]))]
            if day < self._silence or plan not in self.quiet:
                return plan


class Maker:
    """Makes the same events for the same seed and day, out of those who take part in them."""

    def __init__(self, words: Words, days: Days, clients: Clients, staff: Staff) -> None:
        self.words = words
        self.chance = words.chance
        self.days = days
        self.clients = clients
        self.staff = staff
