"""The dictionaries an office chooses from, and the items it starts with.

Items that code refers to have a ``key``: they may be renamed but neither deactivated nor deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from crm_desktop.models.regions import ZONES

AttributeType = Literal["text", "integer", "flag", "colour"]
Value = str | int | bool


@dataclass(frozen=True)
class Attribute:
    """What an item of a kind says besides its name; ``unit`` follows the number on screen."""

    key: str
    label: str
    type: AttributeType
    unit: str = ""


@dataclass(frozen=True)
class DictionaryItem:
    """One item as shipped; an attribute without value is absent."""

    name: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    key: str = ""
    is_active: bool = True

    @property
    def is_system(self) -> bool:
        return bool(self.key)


@dataclass(frozen=True)
class DictionaryKind:
    """A dictionary: its shipped items in order, and the attributes each of its items has."""

    key: str
    label: str
    items: tuple[DictionaryItem, ...]
    attributes: tuple[Attribute, ...] = ()


def _items(names: str, **keys: str) -> tuple[DictionaryItem, ...]:
    """Items without attributes; ``keys`` gives the system items as key=name."""
    key_of = {name: key for key, name in keys.items()}
    return tuple(DictionaryItem(name, key=key_of.get(name, "")) for name in names.split())


def _rows(attributes: Iterable[Attribute], *rows: tuple[Value | None, ...]) -> tuple[DictionaryItem, ...]:
    """Items from rows of name and attribute values."""
    keys = [attribute.key for attribute in attributes]
    return tuple(
        DictionaryItem(str(name), {key: it for key, it in zip(keys, values, strict=True) if it is not None})
        for name, *values in rows
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each name with the word after it."""
    words = iter(text.split())
    return zip(words, words, strict=True)


_CREDIT = (
    Attribute("score", "分值", "integer"),
    Attribute("payment_days", "付款天数", "integer", "天"),  # 0 is 款到发货
)
_LEVEL = (
    Attribute("letter", "编号字母", "text"),
    Attribute("days_quiet", "多少天无往来提醒", "integer", "天"),
    Attribute("days_without_sale", "多少天无成交提醒", "integer", "天"),
)
_SATISFACTION = (
    Attribute("score", "分值", "integer"),
    Attribute("satisfied", "算作满意", "flag"),
    Attribute("colour", "图表颜色", "colour"),
)
_INDUSTRY = (Attribute("code", "门类代码", "text"), Attribute("short_name", "简称", "text"))
_SEVERITY = (Attribute("due_hours", "处理期限", "integer", "工作小时"),)
_POSITION = (Attribute("on_envelope", "可作称谓", "flag"),)
_COUNTRY = (Attribute("country_code", "国际区号", "text"),)
_REVENUE_RANGE = (Attribute("lower", "下限", "integer", "万元"),)
_EMPLOYEE_RANGE = (Attribute("lower", "下限", "integer", "人"),)

_INDUSTRIES = _rows(  # GB/T 4754-2017
    _INDUSTRY,
    ("农、林、牧、渔业", "A", "农林牧渔"),
    ("采矿业", "B", "采矿"),
    ("制造业", "C", "制造"),
    ("电力、热力、燃气及水生产和供应业", "D", "电力燃气水"),
    ("建筑业", "E", "建筑"),
    ("批发和零售业", "F", "批发零售"),
    ("交通运输、仓储和邮政业", "G", "交通仓储邮政"),
    ("住宿和餐饮业", "H", "住宿餐饮"),
    ("信息传输、软件和信息技术服务业", "I", "信息软件"),
    ("金融业", "J", "金融"),
    ("房地产业", "K", "房地产"),
    ("租赁和商务服务业", "L", "租赁商务"),
    ("科学研究和技术服务业", "M", "科研技术"),
    ("水利、环境和公共设施管理业", "N", "水利环境"),
    ("居民服务、修理和其他服务业", "O", "居民服务"),
    ("教育", "P", "教育"),
    ("卫生和社会工作", "Q", "卫生社会工作"),
    ("文化、体育和娱乐业", "R", "文体娱乐"),
    ("公共管理、社会保障和社会组织", "S", "公共管理"),
    ("国际组织", "T", "国际组织"),
)

_COUNTRIES = """
中国 86 中国香港 852 中国澳门 853 中国台湾 886 日本 81 韩国 82 朝鲜 850 蒙古 976 俄罗斯 7 越南 84
泰国 66 新加坡 65 马来西亚 60 印度尼西亚 62 菲律宾 63 印度 91 巴基斯坦 92 哈萨克斯坦 7 乌兹别克斯坦 998
阿联酋 971 沙特阿拉伯 966 土耳其 90 以色列 972 埃及 20 南非 27 尼日利亚 234
英国 44 法国 33 德国 49 意大利 39 西班牙 34 荷兰 31 比利时 32 瑞士 41 瑞典 46 波兰 48 乌克兰 380
美国 1 加拿大 1 墨西哥 52 巴西 55 阿根廷 54 智利 56 澳大利亚 61 新西兰 64 其他 -
"""

_POSITIONS = """
董事长 y 总经理 y 副总经理 y 总工程师 y 厂长 y 院长 y 校长 y 主任 y 处长 y 科长 y 经理 y 主管 - 会计 -
采购员 - 销售员 - 工程师 y 秘书 - 办事员 - 其他 -
"""

_LEVELS = (
    DictionaryItem("重要", {"letter": "i", "days_quiet": 30, "days_without_sale": 180}, "important"),
    DictionaryItem("一般", {"letter": "n", "days_quiet": 90, "days_without_sale": 180}, "general"),
    DictionaryItem("潜在", {"letter": "p", "days_quiet": 60}, "potential"),
    DictionaryItem("战略合作伙伴", {"letter": "i"}, is_active=False),
    DictionaryItem("合作伙伴", {"letter": "i"}, is_active=False),
    DictionaryItem("大客户", {"letter": "i"}, is_active=False),
    DictionaryItem("重点开发客户", {"letter": "p"}, is_active=False),
)

_ALL = (
    DictionaryKind("nature", "企业性质", _items(
        "国有企业 集体企业 民营企业 股份制企业 港澳台资企业 外商独资企业 中外合资企业 个体工商户"
        " 政府机关 事业单位 社会团体 部队 个人 其他", person="个人")),
    DictionaryKind("type", "企业类型", _items(
        "有限责任公司 股份有限公司 国有独资公司 一人有限责任公司 个人独资企业 合伙企业 全民所有制企业"
        " 集体所有制企业 股份合作企业 农民专业合作社 个体工商户 分公司 办事处 机关事业单位 其他")),
    DictionaryKind("category", "客户类型", _items(
        "购买使用者 竞争对手 合作伙伴 供应商 代理商 经销商 媒体及其他",
        buyer="购买使用者", competitor="竞争对手", partner="合作伙伴", supplier="供应商")),
    DictionaryKind("credit", "企业资信", _rows(
        _CREDIT, ("AAA", 5, 60), ("AA", 4, 45), ("A", 3, 30), ("B", 2, 15), ("C", 1, 0), ("未评级", None, 0)),
        _CREDIT),
    DictionaryKind("level", "客户级别", _LEVELS, _LEVEL),
    DictionaryKind("satisfaction", "客户满意程度", _rows(
        _SATISFACTION, ("非常满意", 5, True, "#2E7D32"), ("满意", 4, True, "#8BC34A"),
        ("一般", 3, False, "#FBC02D"), ("不满意", 2, False, "#F57C00"), ("非常不满意", 1, False, "#C62828")),
        _SATISFACTION),
    DictionaryKind("industry", "行业", _INDUSTRIES, _INDUSTRY),
    DictionaryKind("source", "客户来源", _items(
        "电话来访 上门来访 老客户介绍 业务员开发 合作伙伴推荐 展会 网站 网络推广 广告 招投标 营销活动"
        " 名录采集 其他")),
    DictionaryKind("status", "客户状态", _items("活跃 沉寂 流失", active="活跃", quiet="沉寂", lost="流失")),
    DictionaryKind("business_mode", "经营模式", _items(
        "生产加工 经销批发 商业零售 商业服务 招商代理 工程施工 政府或其他机构")),
    DictionaryKind("scale", "企业规模", _items("大型 中型 小型 微型")),
    DictionaryKind("revenue_range", "年营业额和注册资金分段", _rows(
        _REVENUE_RANGE, ("50万元以下", 0), ("50–100万元", 50), ("100–500万元", 100), ("500–1000万元", 500),
        ("1000–5000万元", 1000), ("5000万–1亿元", 5000), ("1亿元以上", 10000)), _REVENUE_RANGE),
    DictionaryKind("employee_range", "员工人数分段", _rows(
        _EMPLOYEE_RANGE, ("20人以下", 1), ("20–49人", 20), ("50–99人", 50), ("100–299人", 100),
        ("300–999人", 300), ("1000人以上", 1000)), _EMPLOYEE_RANGE),
    DictionaryKind("interaction_method", "往来方式", _items(
        "电话 上门拜访 来访接待 会议 邮件 微信/QQ 短信 传真 信函 快递 展会 回访 其他",
        phone="电话", mail="邮件", letter="信函", return_visit="回访")),
    DictionaryKind("call_result", "呼叫结果", _items(
        "已接通 无人接听 占线 关机/停机 空号 拒接 约定再联系")),
    DictionaryKind("feedback_type", "反馈类型", _items("咨询 建议 表扬 需求 使用意见 报修 其他")),
    DictionaryKind("complaint_type", "投诉类型", _items(
        "产品质量 交货延误 数量或规格不符 运输损坏 价格与费用 发票与结算 服务态度 维修不及时 宣传不实 其他")),
    DictionaryKind("channel", "受理方式", _items(
        "电话 来访 信函 邮件 微信 传真 上级转办 主管部门(12315)转办")),
    DictionaryKind("severity", "严重程度", _rows(
        _SEVERITY, ("轻微", 40), ("一般", 24), ("严重", 8), ("重大", 4)), _SEVERITY),
    DictionaryKind("product_category", "产品分类", _items("整机 备件 耗材 维修服务 技术服务 其他")),
    DictionaryKind("unit", "计量单位", _items("台 件 套 个 只 箱 米 千克 吨 升 次")),
    DictionaryKind("cause", "投诉原因", _items(
        "设计 原料 生产 检验 仓储运输 服务 沟通误解 客户使用不当 其他")),
    DictionaryKind("department", "部门", _items(
        "总经理办公室 销售部 市场部 采购部 生产部 技术部 质检部 财务部 人事行政部 客户服务部 仓储物流部"
        " 其他")),
    DictionaryKind("position", "职务", _rows(
        _POSITION, *((name, mark == "y") for name, mark in _pairs(_POSITIONS))), _POSITION),
    DictionaryKind("honorific", "称谓", _items("先生 女士 老师 教授 博士 同志", mr="先生", ms="女士")),
    DictionaryKind("zone", "大区", _items(" ".join([*ZONES, "境外"]))),
    DictionaryKind("country", "国家/地区", _rows(
        _COUNTRY, *((name, code if code.isdigit() else None) for name, code in _pairs(_COUNTRIES))),
        _COUNTRY),
)

DICTIONARIES: dict[str, DictionaryKind] = {kind.key: kind for kind in _ALL}


@dataclass(frozen=True)
class LevelThresholds:
    """From which annual revenue (万元) or number of employees a customer seems important, or general."""

    important_revenue: Decimal = Decimal(5000)
    important_employees: int = 300
    general_revenue: Decimal = Decimal(500)
    general_employees: int = 50


def level_hint(
    annual_revenue_wan: Decimal | None, employees: int | None, thresholds: LevelThresholds | None = None
) -> str | None:
    """The key of the level a customer's size suggests, None when its size is unknown; never set by itself."""
    if annual_revenue_wan is None and employees is None:
        return None
    limits = thresholds or LevelThresholds()
    revenue, people = annual_revenue_wan or Decimal(0), employees or 0
    if revenue >= limits.important_revenue or people >= limits.important_employees:
        return "important"
    if revenue >= limits.general_revenue or people >= limits.general_employees:
        return "general"
    return "potential"
