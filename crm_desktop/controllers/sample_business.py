"""Plans the sample office's 业务往来 and 销售记录: who spoke to whom, who bought what, what is to follow."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from crm_desktop.controllers import sample_phrases as phrases
from crm_desktop.controllers import sample_talk as talk
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_cast import Event, Maker, quarter
from crm_desktop.controllers.sample_customers import Plan, Values

INTERACTIONS, SALES = 2400, 900
GROWTH = 0.6
"""How much more business there is at the end than at the beginning."""
FOLLOW_UPS = {0: 5, -2: 1, -5: 1, 1: 2, 3: 2, 8: 2}
"""Still to be done: days from today → how many."""
FOLLOWED_UP = 0.2
"""The share of interactions that had a 跟进, which was done."""
LAST_SEEN = 14
"""Working days within which every important customer was spoken to, but for the quiet ones."""
RETURNS, BAD_RETURNS = 0.015, 0.45


class BusinessMaker(Maker):
    """Products, sales and what is talked about."""

    def events(self) -> Iterator[Event]:
        opening = self.days.moment(self.days.all[0])
        for product in phrases.PRODUCTS:
            yield Event(opening, self.staff.manager, partial(_create, "products", product, None))
        yield from self._sales()
        special = [*self._to_follow_up(), *self._recent()]
        yield from special
        weights = {kind: kind.weight for kind in talk.KINDS}
        for day in self.days.spread(INTERACTIONS - len(special), self._growth):
            yield self._interaction(day, self.clients.talker(day), self.words.weighted(weights))

    def _growth(self, day: date) -> float:
        return 1 + GROWTH * (day - self.days.all[0]) / (self.days.today - self.days.all[0])

    # -- interactions ----------------------------------------------------------------------------------------------

    def _interaction(self, day: date, client: Plan, kind: talk.Kind, more: Values | None = None) -> Event:
        at = self.days.moment(day)
        clerk = client.values["owner"] if kind.role == talk.SELLERS else self.chance.choice(self.staff.of_role["客服"])
        contact = self.chance.choice(client.contacts) if client.contacts else {}
        facts = {name: self.chance.choice(choices) for name, choices in phrases.TOPICS.items()}
        facts["contact"] = contact.get("name") or client.values["name"]
        subject, content = self.chance.choice(kind.topics)
        values: Values = {
            "subject": subject.format(**facts), "content": content.format(**facts), "date": day.isoformat(),
            "time": f"{at:%H:%M}", "method": kind.method, "contact": contact.get("name", ""), "handler": clerk,
            "place": self.chance.choice(kind.places), **self._done_later(day),
        }  # fmt: skip
        if kind.direction:
            values |= self._call(kind.direction, contact.get("mobile") or client.values.get("phone", ""))
        return Event(at, clerk, partial(_create, "interactions", values | (more or {}), client))

    def _done_later(self, day: date) -> Values:
        """A 跟进 that was done by now."""
        follow_up = day + timedelta(days=self.chance.randint(2, 30))
        if self.chance.random() > FOLLOWED_UP or follow_up >= self.days.today:
            return {}
        return {"follow_up": self.days.on_or_before(follow_up).isoformat(), "is_followed_up": 1}

    def _call(self, direction: str, number: str) -> Values:
        call: Values = {"direction": direction, "phone_number": number}
        if direction == "未接":
            return call
        result = self.words.weighted(talk.RESULTS) if direction == "去电" else "已接通"
        call["call_result"] = result
        if result not in talk.UNANSWERED:
            call["duration"] = int(self.chance.lognormvariate(4.9, 0.7)) + 12
        else:
            call |= {"subject": "去电未接通", "content": "改日再打。", "follow_up": "", "is_followed_up": 0}
        return call

    def _to_follow_up(self) -> Iterator[Event]:
        for ahead, count in FOLLOW_UPS.items():
            for _ in range(count):
                day = self.days.ago(self.chance.randint(7, 12))
                later = (self.days.today + timedelta(days=ahead)).isoformat()
                open_still = {"follow_up": later, "is_followed_up": 0}
                yield self._interaction(day, self.clients.talker(day), talk.TO_FOLLOW_UP, open_still)

    def _recent(self) -> Iterator[Event]:
        visit = next(kind for kind in talk.KINDS if kind.method == "上门拜访")
        for client in self.clients.important:
            if client not in self.clients.quiet:
                day = self.chance.choice([day for day in self.days.all[-LAST_SEEN:] if day >= client.since])
                yield self._interaction(day, client, visit)

    # -- sales -----------------------------------------------------------------------------------------------------

    def _sales(self) -> Iterator[Event]:
        weights = {code: weight for code, (weight, _, _) in phrases.SOLD.items()}
        for number, day in enumerate(self.days.spread(SALES, self._growth), start=1):
            client, code = self.clients.buyer(day), self.words.weighted(weights)
            _, least, most = phrases.SOLD[code]
            seller = client.values["owner"]
            values = {
                "date": day.isoformat(), "product": code, "quantity": str(self.chance.randint(least, most)),
                "discount": self.words.weighted(phrases.DISCOUNTS), "salesperson": seller,
                "contact": client.contacts[0]["name"] if client.contacts else "",
                "order_number": f"HT{day:%Y%m}-{number:03d}" if self.chance.random() < 0.5 else "",
            }  # fmt: skip
            if self._comes_back(code, day):
                values |= {"kind": "退货", "quantity": str(min(2, most)), "remark": self._why(code)}
            yield Event(self.days.moment(day), seller, partial(_create, "sales", values, client))

    def _comes_back(self, code: str, day: date) -> bool:
        is_bad = code == phrases.BAD_PRODUCT and quarter(day) == self.days.bad_quarter
        return self.chance.random() < (BAD_RETURNS if is_bad else RETURNS)

    def _why(self, code: str) -> str:
        return phrases.RETURNED if code == phrases.BAD_PRODUCT else "型号不符，退回"


def _create(key: str, values: Values, client: Plan | None, office: Office) -> None:
    owner = {"customer": client.id} if client else {}
    office.records[key].create({**values, **owner})
