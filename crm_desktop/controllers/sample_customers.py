"""Plans the sample office's customers: where they are, what they make, who their contacts are, and the odd cases."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_words import INDUSTRY_WEIGHTS, Words, city_word
from crm_desktop.models.lunar import lunar_day

Values = dict[str, Any]
CUSTOMERS, CONTACTS, DELETED, WITHOUT_POSTCODE = 300, 450, 3, 8
ABROAD_COUNT = 15
COMING_WEEK = 8
NORTHEAST, NORTH = ("21", "22", "23"), ("11", "12", "13", "14", "15")
ZONE_WEIGHTS = {"northeast": 55, "north": 20, "other": 20}
LEVEL_WEIGHTS = {"重要": 1, "一般": 5, "潜在": 4}
SIZES = {"重要": (3000, 20000, 200, 1500), "一般": (400, 5000, 40, 290), "潜在": (20, 480, 3, 48)}
"""年营业额 in 万元 from–to, 员工人数 from–to."""
POSITIONS = {"总经理": 15, "副总经理": 10, "经理": 25, "采购员": 20, "工程师": 12, "主任": 8, "会计": 5, "主管": 5}
DEPARTMENTS = ("采购部", "生产部", "技术部", "总经理办公室", "财务部", "质检部")
SOURCES = ("电话来访", "老客户介绍", "业务员开发", "展会", "网站", "招投标", "名录采集")
FOREIGN = (
    ("中国香港", "852", "999077", "香港特别行政区九龙弥敦道{n}号"),
    ("中国台湾", "886", "10491", "台北市中山区松江路{n}号"),
    ("日本", "81", "100-0005", "東京都千代田区丸の内{n}"), ("韩国", "82", "04524", "Jung-gu {n}, Seoul"),
    ("俄罗斯", "7", "690091", "Svetlanskaya {n}, Vladivostok"), ("德国", "49", "80331", "Marienplatz {n}, München"),
)  # fmt: skip
REGIONS = """SELECT r.code, r.full_name, r.area_code, r.postcode, p.name AS city FROM regions r
 JOIN regions p ON p.code = r.parent WHERE r.level = 3 AND r.postcode <> '' AND r.is_active = 1
 AND p.name NOT LIKE '%直辖%' ORDER BY r.code"""
"""Counties whose city has a name that a company would bear."""
LONG_NAME = "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海农牧机械有限公司"
LONG_ADDRESS = (
    "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇索伦大街与安门路交叉口东北150米"
    "农牧业科技综合服务大楼3号楼2单元1104室"
)
RARE = (("长春𠮷祥食品机械有限公司", "龚䶮", "女"), ("吉林鑫𬭎铸造有限公司", "陆喆", "男"))


HOME = {"region": "220104", "area_code": "0431", "postcode": "130012", "phone": "0431-85120088",
        "address": "吉林省长春市朝阳区前进大街1855号"}  # fmt: skip


@dataclass(eq=False)
class Plan:
    """A customer to be created with its contacts, the first of them the 主联系人."""

    values: Values
    contacts: list[Values] = field(default_factory=list)
    is_deleted: bool = False
    since: date = date.min
    id: int = 0
    """Known from the day on which it comes."""

    def create(self, office: Office) -> None:
        self.id = office.customers.create(self.values, lines={"contacts": self.contacts})
        if self.is_deleted:
            office.customers.delete([self.id])


class CustomerMaker:
    """Makes the same plans for the same seed and day."""

    def __init__(self, office: Office, seed: int, today: date, owners: list[int]) -> None:
        self.words = Words(seed)
        self.today = today
        self.owners = owners
        self.names: set[str] = set()
        rows = [dict(row) for row in office.db.query(REGIONS)]
        self.regions = {
            "northeast": [row for row in rows if row["code"].startswith(NORTHEAST)],
            "north": [row for row in rows if row["code"].startswith(NORTH)],
            "other": [row for row in rows if not row["code"].startswith((*NORTHEAST, *NORTH))],
        }
        self.industries = {item["code"]: item["name"] for item in office.dictionaries.items("industry")}

    def plans(self) -> list[Plan]:
        """All of them in the order in which they come."""
        plans = [self._company(number) for number in range(CUSTOMERS + DELETED - 6)]
        for number in range(ABROAD_COUNT):
            plans[number * 19 + 7] = Plan(self._foreign(number))
        self._odd_cases(plans)
        plans += [self._near_copy(plans[place]) for place in (20, 61, 102, 143, 184, 225)]
        for plan in plans[40:280:81]:
            plan.is_deleted = True
        self._add_contacts(plans)
        self._birthdays(plans)
        return plans

    # -- customers -------------------------------------------------------------------------------------------------

    def _company(self, number: int) -> Plan:
        words, chance = self.words, self.words.chance
        region = chance.choice(self.regions[words.weighted(ZONE_WEIGHTS)])
        industry, level = words.weighted(INDUSTRY_WEIGHTS), words.weighted(LEVEL_WEIGHTS)
        name, short_name, legal = self._new_name(city_word(region["city"]), industry)
        least, most, fewest, many = SIZES[level]
        return Plan({
            "name": name, "short_name": short_name, "type": legal, "industry": self.industries[industry],
            "region": region["code"], "area_code": region["area_code"], "postcode": region["postcode"],
            "address": words.address(region["full_name"]), "phone": words.landline(region["area_code"]),
            "fax": words.landline(region["area_code"]) if chance.random() < 0.4 else "",
            "email": f"sales{number}@example.com" if chance.random() < 0.6 else "",
            "level": level, "status": words.weighted({"活跃": 75, "沉寂": 18, "流失": 7}),
            "category": words.weighted({"购买使用者": 70, "经销商": 15, "代理商": 8, "供应商": 7}),
            "nature": words.weighted({"民营企业": 68, "国有企业": 14, "股份制企业": 12, "中外合资企业": 6}),
            "credit": words.weighted({"AAA": 8, "AA": 18, "A": 34, "B": 20, "未评级": 20}),
            "annual_revenue": str(chance.randint(least, most)), "employee_count": str(chance.randint(fewest, many)),
            "registered_capital": str(chance.choice((50, 100, 200, 500, 1000, 3000))),
            "legal_representative": words.person("男"), "source": chance.choice(SOURCES),
            "tax_number": words.credit_code(region["code"]) if chance.random() < 0.7 else "",
            "owner": chance.choice(self.owners),
        })  # fmt: skip

    def _new_name(self, city: str, industry: str) -> tuple[str, str, str]:
        while True:
            found = self.words.company(city if self.words.chance.random() < 0.75 else f"{city}市", industry)
            if found[0] not in self.names:
                self.names.add(found[0])
                return found

    def _foreign(self, number: int) -> Values:
        country, calling_code, postcode, address = FOREIGN[number % len(FOREIGN)]
        core = self.words.company("", "C")[0]
        return {
            "name": f"{country.removeprefix('中国')}{core}", "country": country, "country_code": calling_code,
            "english_name": f"Sample Trading {number + 1} Ltd.", "english_address": address.format(n=number + 3),
            "postcode": postcode, "address": address.format(n=number + 3), "area_code": "",
            "email": f"abroad{number + 1}@example.com",
            "level": self.words.weighted(LEVEL_WEIGHTS), "status": "活跃", "category": "代理商",
            "industry": self.industries["F"], "owner": self.words.chance.choice(self.owners),
        }  # fmt: skip

    def _odd_cases(self, plans: list[Plan]) -> None:
        """What every office has once: a very long name and address, rare characters, a private person."""
        plans[10].values |= {"name": LONG_NAME, "short_name": "", "region": "150724", "area_code": "0470",
                             "postcode": "021100", "address": LONG_ADDRESS, "phone": "0470-8810001"}  # fmt: skip
        for place, (name, _, _) in zip((12, 15), RARE, strict=True):
            plans[place].values |= {"name": name, "short_name": "", **HOME}
        plans[17].values |= {"name": "李桂兰", "short_name": "", "nature": "个人", "type": None, "tax_number": "",
                             "annual_revenue": "", "registered_capital": "", "employee_count": "",
                             "legal_representative": "", "mobile": "13900001234"}  # fmt: skip
        for plan in plans[30 : 30 + 30 * WITHOUT_POSTCODE : 30]:
            plan.values["postcode"] = ""

    def _near_copy(self, original: Plan) -> Plan:
        """The same customer entered twice: the name written otherwise, or only the telephone the same."""
        values = {**original.values, "short_name": "", "tax_number": ""}
        name = values["name"]
        long, short = "有限责任公司", "有限公司"
        values["name"] = name.replace(long, short) if long in name else name.replace(short, long)
        if values["name"] == name:
            values["name"] = f"{name}销售部"
        return Plan(values)

    # -- contacts --------------------------------------------------------------------------------------------------

    def _add_contacts(self, plans: list[Plan]) -> None:
        for plan in plans:
            if plan.values.get("nature") != "个人":
                plan.contacts.append(self._contact(plan.values))
        missing = CONTACTS - sum(len(plan.contacts) for plan in plans if not plan.is_deleted)
        staying = [plan for plan in plans if plan.contacts and not plan.is_deleted]
        for plan in staying[:missing]:
            plan.contacts.append(self._contact(plan.values))
        for place, (_, name, gender) in zip((12, 15), RARE, strict=True):
            plans[place].contacts[0] |= {"name": name, "gender": gender}

    def _contact(self, customer: Values) -> Values:
        words, chance = self.words, self.words.chance
        gender = words.weighted({"男": 6, "女": 4})
        born = date(chance.randint(1962, 1999), chance.randint(1, 12), chance.randint(1, 28))
        return {
            "name": words.person(gender), "gender": gender, "position": words.weighted(POSITIONS),
            "department": chance.choice(DEPARTMENTS), "mobile": words.mobile(),
            "office_phone": customer.get("phone", "") if chance.random() < 0.5 else "",
            "email": f"contact{chance.randint(1, 9999)}@example.com" if chance.random() < 0.4 else "",
            "birthday": born.isoformat() if chance.random() < 0.5 and not self._is_soon(born) else "",
        }  # fmt: skip

    def _is_soon(self, born: date) -> bool:
        """Whether a birthday falls into the coming week, which has its own three."""
        anniversaries = (born.replace(year=self.today.year), born.replace(year=self.today.year + 1))
        return any(0 <= (each - self.today).days <= COMING_WEEK for each in anniversaries)

    def _birthdays(self, plans: list[Plan]) -> None:
        """Three this week, one of them by the lunar calendar."""
        for place, days in ((3, 1), (5, 4)):
            day = self.today + timedelta(days=days)
            plans[place].contacts[0]["birthday"] = f"198{place}-{day:%m}-{min(day.day, 28):02d}"
        lunar = lunar_day(self.today + timedelta(days=2))
        plans[8].contacts[0] |= {
            "birthday": f"1978-{lunar.month:02d}-{min(lunar.day, 28):02d}",
            "birthday_calendar": "农历",
        }
