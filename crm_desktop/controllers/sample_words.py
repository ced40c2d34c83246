"""Made-up names, numbers and addresses for the sample office: likely, but nobody's."""

import random
from typing import Any

from crm_desktop.models import checks

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段单解"
)
MALE = "伟强磊军勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建国志海文博成东立新德"
FEMALE = "芳娜敏静秀丽艳娟霞玲桂英燕红梅雪萍婷云洁莉颖琳倩瑶慧欣怡晶佳蕾春兰凤琴淑珍"
WORDS = (
    "宏达鑫源盛泰恒通华瑞金丰永兴德信博远嘉禾天成万利顺昌明辉东方中大地"
    "新程锦绣建业联创同济春晖龙腾飞跃合众正邦佳和诚信"
)
TRADES = {
    "C": ("机械制造", "汽车配件", "轴承", "铸造", "液压设备", "电气设备", "仪器仪表", "模具", "化工机械", "农业机械"),
    "F": ("贸易", "商贸", "五金机电", "物资", "机电设备销售"),
    "E": ("建筑工程", "建设", "路桥工程", "安装工程"),
    "A": ("农业发展", "牧业"), "G": ("物流", "运输"), "I": ("软件", "信息技术"), "N": ("水务", "环保科技"),
}  # fmt: skip
INDUSTRY_WEIGHTS = {"C": 44, "F": 25, "E": 13, "A": 4, "G": 6, "I": 5, "N": 3}
FORMS = (("有限公司", 55, "有限责任公司"), ("有限责任公司", 25, "有限责任公司"), ("股份有限公司", 8, "股份有限公司"),
         ("集团有限公司", 6, "有限责任公司"), ("厂", 6, "个人独资企业"))  # fmt: skip
ROADS = (
    "人民大街", "解放大路", "建设街", "工农大路", "南湖大路", "前进大街", "和平路", "中山路", "新华路",
    "长江路", "黄河街", "青年路", "工业大路", "迎宾路", "开发区大街", "创业路",
)  # fmt: skip
EIGHT_DIGITS = frozenset({
    "010", "020", "021", "022", "023", "024", "025", "027", "028", "029", "0431", "0451", "0411", "0311", "0351",
    "0371", "0531", "0532", "0571", "0574", "0755", "0757", "0769", "0512",
})  # fmt: skip
"""Area codes whose numbers have eight digits; the others' have seven."""
CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CITY_ENDINGS = ("市", "地区", "盟", "林区")


class Words:
    """Random but repeatable: the same seed gives the same office."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def weighted(self, choices: dict[Any, int]) -> Any:
        return self.chance.choices(list(choices), weights=list(choices.values()))[0]

    def person(self, gender: str) -> str:
        letters = MALE if gender == "男" else FEMALE
        length = self.chance.choice((1, 2, 2, 2))
        return self.chance.choice(SURNAMES) + "".join(self.chance.sample(letters, length))

    def company(self, place: str, industry: str) -> tuple[str, str, str]:
        """(name, short name, legal form), e.g. 长春宏达机械制造有限公司, 宏达机械, 有限责任公司."""
        core = "".join(self.chance.sample(WORDS, 2))
        trade = self.chance.choice(TRADES[industry])
        form, _, legal = self.chance.choices(FORMS, weights=[weight for _, weight, _ in FORMS])[0]
        return place + core + trade + form, core + trade[:2], legal

    def address(self, full_name: str) -> str:
        road = self.chance.choice(ROADS)
        detail = self.chance.choice(("", "", f"{self.chance.randint(1, 12)}栋", f"{self.chance.randint(2, 28)}层"))
        return f"{full_name}{road}{self.chance.randint(8, 6800)}号{detail}"

    def landline(self, area_code: str) -> str:
        digits = 8 if area_code in EIGHT_DIGITS else 7
        return f"{area_code}-{self.chance.randint(2, 8)}" + "".join(
            str(self.chance.randint(0, 9)) for _ in range(digits - 1)
        )

    def mobile(self) -> str:
        start = self.chance.choice(("130", "135", "138", "139", "150", "158", "186", "188"))
        return f"{start}0000{self.chance.randint(0, 9999):04d}"

    def credit_code(self, region: str) -> str:
        """A 统一社会信用代码 whose check digit is right (GB 32100-2015)."""
        body = "91" + region + "".join(self.chance.choice("0123456789") for _ in range(8))
        body += self.chance.choice("0123456789X")
        return next(body + last for last in CREDIT_CHARACTERS if not checks.credit_code_problem(body + last))


def city_word(name: str) -> str:
    """长春市 → 长春, 大理白族自治州 → 大理: how a company writes its city."""
    if name.endswith("自治州"):
        return name[:2]
    ending = next((each for each in CITY_ENDINGS if name.endswith(each) and len(name) > len(each) + 1), "")
    return name.removesuffix(ending)
