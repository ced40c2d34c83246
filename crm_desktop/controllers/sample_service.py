"""Plans the sample office's 客户反馈 and 客户投诉, with the story of a supplier's bad batch and the recovery."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby

from crm_desktop.controllers import sample_phrases as phrases
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_cast import Clients, Days, Event, Maker, Staff, quarter
from crm_desktop.controllers.sample_customers import Plan, Values
from crm_desktop.controllers.sample_files import attach, photograph
from crm_desktop.controllers.sample_words import Words
from crm_desktop.controllers.service import ServiceController
from crm_desktop.models.workflow import REMARK

COMPLAINTS, FEEDBACK = 160, 420
WORSE = 2.4
"""How many more complaints the bad batch brings."""
SATISFIED = {"complaints": (0.92, 0.70), "feedback": (0.95, 0.84)}
"""满意率 as it usually is, and in the quarter of the bad batch."""
CONTENT = {"非常满意": 35, "满意": 65}
HARDLY_CONTENT = {"非常满意": 12, "满意": 88}
DISCONTENT = {"一般": 50, "不满意": 35, "非常不满意": 15}
UNREACHABLE_IN = 19
"""One customer in so many cannot be reached afterwards."""
LESSON = 20
"""Working days after the bad quarter the office decides to take up again what customers are not satisfied with."""
FREE_DAYS = 12
"""At the end, where only the complaints stand that are still open."""
OPEN: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("维修不及时", "严重", 10, ("assign", "hand_over")),
    ("运输损坏", "一般", 6, ("assign", "finish")),
    ("发票与结算", "轻微", 2, ("assign",)),
    ("交货延误", "一般", 1, ()),
)
"""Type, severity, working days ago, steps taken: the first is past its deadline, the second waits for 回访.

The last comes from the customer with the long history.
"""
OPEN_FEEDBACK = 6
WELL = ("assign", "finish", "visit")
PICTURES, PICTURED = 2, 0.3
"""How many photographs of leaking pumps there are, and with how many complaints about them one came."""
ON_THE_SPOT = ("咨询", "表扬")
"""Feedback that is mostly answered at once."""


@dataclass
class Case:
    """One piece of feedback or one complaint on its way through the office."""

    key: str
    client: Plan
    values: Values
    record: int = 0

    def open(self, office: Office) -> None:
        self.record = self._flow(office).create({"customer": self.client.id, **self.values})

    def take(self, step: str, values: Values, office: Office) -> None:
        flow = self._flow(office)
        flow.advance(self.record, step, values, flow.rows([self.record], ())[0]["version"])

    def keep(self, picture: bytes, office: Office) -> None:
        attach(self.key, self.record, "现场照片.png", picture, office)

    def _flow(self, office: Office) -> ServiceController:
        return office.complaints if self.key == "complaints" else office.feedback


class ServiceMaker(Maker):
    """Complaints and feedback, and what comes of them."""

    def __init__(self, words: Words, days: Days, clients: Clients, staff: Staff) -> None:
        super().__init__(words, days, clients, staff)
        self.pictures = [photograph(self.chance) for _ in range(PICTURES)]
        after = next(day for day in days.all if quarter(day) > days.bad_quarter)
        self.lesson = days.later(after, LESSON)

    def events(self) -> Iterator[Event]:
        manager, start = self.staff.manager, self.days.moment(self.days.all[0])
        yield Event(start, manager, lambda office: office.settings.set_option("revisit_score", 0))
        lesson = self.days.moment(self.lesson)
        yield Event(lesson, manager, lambda office: office.settings.set_option("revisit_score", 3))
        yield from self._complaints()
        yield from self._feedback()

    def _is_bad(self, day: date) -> bool:
        return quarter(day) == self.days.bad_quarter

    def _grades(self, key: str, days: Sequence[date]) -> Iterator[str]:
        """What the customers say in the end, quarter by quarter in exact shares; nothing where nobody is reached."""
        for _, group in groupby(days, quarter):
            records = list(group)
            unreachable = len(records) // UNREACHABLE_IN
            rated, is_bad = len(records) - unreachable, self._is_bad(records[0])
            discontent = int((rated + 2) * (1 - SATISFIED[key][is_bad]))
            is_learnt = quarter(records[0]) > self.days.bad_quarter  # then nobody is left as dissatisfied as that
            content = HARDLY_CONTENT if is_bad else CONTENT
            grades = [self.words.weighted(content) for _ in range(rated - discontent)]
            grades += ["一般" if is_learnt else self.words.weighted(DISCONTENT) for _ in range(discontent)]
            grades += [""] * unreachable
            self.chance.shuffle(grades)
            yield from grades

    # -- complaints ------------------------------------------------------------------------------------------------

    def _complaints(self) -> Iterator[Event]:
        count = COMPLAINTS - len(OPEN)
        days = self.days.spread(count, lambda day: WORSE if self._is_bad(day) else 1.0, FREE_DAYS)
        for number, (day, grade) in enumerate(zip(days, self._grades("complaints", days), strict=True)):
            kind = self.words.weighted(phrases.BAD_TYPE_WEIGHTS if self._is_bad(day) else phrases.TYPE_WEIGHTS)
            severity, steps = self.words.weighted(phrases.SEVERITIES), self._course(number, day, grade)
            yield from self._complaint(self.clients.buyer(day), day, kind, severity, steps, grade)
        for kind, severity, ago, steps in OPEN:
            client = self.clients.favourite if ago == 1 else self.clients.buyer(self.days.ago(ago))
            yield from self._complaint(client, self.days.ago(ago), kind, severity, steps, "")

    def _course(self, number: int, day: date, grade: str) -> tuple[str, ...]:
        """Most go straight; some change hands, come back from 回访, or are taken up again later."""
        if grade in CONTENT and day > self.lesson and number % 7 == 0:
            return ("assign", "finish", "visit_back", "finish", "visit")
        if grade and number % 40 == 25:
            return (*WELL, "reopen", "finish", "visit")
        return ("assign", "hand_over", "finish", "visit") if number % 8 == 3 else WELL

    def _complaint(
        self, client: Plan, day: date, kind: str, severity: str, steps: tuple[str, ...], grade: str
    ) -> Iterator[Event]:
        department, stories = phrases.GRIEVANCES[kind]
        if kind == "产品质量" and self._is_bad(day):
            stories = phrases.BATCH
        story, facts = self.chance.choice(stories), self._facts()
        at, who = self.days.moment(day), self._person(client)
        case = Case("complaints", client, {
            "date": day.isoformat(), "contact": who, "complainant": who or client.values["name"], "type": kind,
            "severity": severity, "channel": self.words.weighted(phrases.CHANNELS),
            "content": story.content.format(**facts),
        })  # fmt: skip
        clerk = self.chance.choice(self.staff.of_role["客服"])
        yield Event(at, clerk, case.open)
        if stories is phrases.BATCH and self.chance.random() < PICTURED:
            yield Event(at, clerk, partial(case.keep, self.chance.choice(self.pictures)))
        for step in steps:
            at = self.days.after(at, self.chance.choice(PACE[step]))
            values = self._values(step, story, department, facts, clerk, grade)
            clerk = self.staff.other(clerk) if step in ("hand_over", "visit") else clerk
            yield Event(at, clerk, partial(case.take, step.removesuffix("_back"), values))

    def _values(
        self, step: str, story: phrases.Grievance, department: str, facts: Values, clerk: int, grade: str
    ) -> Values:
        """What is entered at a step."""
        match step:
            case "assign":
                remark = self.chance.choice(phrases.ASSIGNED).format(department=department)
                return {"handler": clerk, "department": department, REMARK: remark}
            case "hand_over":
                remark = self.chance.choice(phrases.HANDED_OVER).format(department=department)
                return {"handler": self.staff.other(clerk), REMARK: remark}
            case "finish":
                paid = self.chance.randrange(*story.compensation, 10) if story.compensation else ""
                return {"cause": story.cause, "measure": story.measure.format(**facts),
                        "result": story.result.format(**facts), "compensation": str(paid)}  # fmt: skip
            case "reopen":
                return {REMARK: phrases.REOPENED}
            case "visit_back":
                return {"satisfaction": "不满意", "visit_opinion": phrases.BACK_AGAIN}
        return self._outcome(grade)

    def _outcome(self, grade: str) -> Values:
        if not grade:
            return {"is_unreachable": 1, REMARK: "三次拨打均无人接听"}
        is_told = grade not in CONTENT or self.chance.random() < 0.6
        return {"satisfaction": grade, "visit_opinion": self.chance.choice(phrases.OPINIONS[grade]) if is_told else ""}

    # -- feedback --------------------------------------------------------------------------------------------------

    def _feedback(self) -> Iterator[Event]:
        weights = {kind: weight for kind, (weight, _) in phrases.FEEDBACK.items()}
        days = self.days.spread(FEEDBACK - OPEN_FEEDBACK, lambda day: 1.0, FREE_DAYS // 2)
        for day, grade in zip(days, self._grades("feedback", days), strict=True):
            yield from self._opinion(day, self.words.weighted(weights), WELL, grade)
        for number in range(OPEN_FEEDBACK):
            yield from self._opinion(self.days.ago(1 + number // 2), "需求", WELL[: number % 3], "")

    def _opinion(self, day: date, kind: str, steps: tuple[str, ...], grade: str) -> Iterator[Event]:
        said, result = self.chance.choice(phrases.FEEDBACK[kind][1])
        facts, client, at = self._facts(), self.clients.talker(day), self.days.moment(day)
        clerk = self.chance.choice(self.staff.of_role["客服"])
        values: Values = {
            "date": day.isoformat(), "contact": self._person(client), "type": kind,
            "channel": self.words.weighted(phrases.CHANNELS), "content": said.format(**facts), "handler": clerk,
        }  # fmt: skip
        answer = {"result": result.format(**facts)}
        if grade and kind in ON_THE_SPOT:
            yield Event(at, clerk, Case("feedback", client, values | answer | self._at_once(at, clerk, grade)).open)
            return
        case = Case("feedback", client, values)
        yield Event(at, clerk, case.open)
        for step in steps:
            at = self.days.after(at, self.chance.choice(PACE[step]))
            outcome = answer if step == "finish" else {"handler": clerk} if step == "assign" else self._outcome(grade)
            clerk = self.staff.other(clerk) if step == "visit" else clerk
            yield Event(at, clerk, partial(case.take, step, outcome))

    def _at_once(self, at: datetime, clerk: int, grade: str) -> Values:
        return {"handled_at": at, "satisfaction": grade, "visited_at": at, "visited_by": clerk}

    # -- both ------------------------------------------------------------------------------------------------------

    def _facts(self) -> Values:
        return {name: self.chance.choice(choices) for name, choices in phrases.TOPICS.items()}

    def _person(self, client: Plan) -> str:
        return str(self.chance.choice(client.contacts)["name"]) if client.contacts else ""


PACE = {
    "assign": (0, 0, 0, 0, 1), "hand_over": (0, 1), "finish": (0, 1, 1, 2, 2, 3, 4), "visit": (1, 1, 2, 3),
    "visit_back": (1, 2), "reopen": (2, 4),
}  # fmt: skip
"""Working days from one step to the next."""
