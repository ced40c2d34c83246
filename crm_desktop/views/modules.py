"""Every screen of the program, one line each: the menus and the navigation are made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from tkinter import Misc
from typing import Any

from crm_desktop.models import (
    COMPLAINTS,
    CONTACTS,
    FEEDBACK,
    INTERACTIONS,
    MEMOS,
    PRODUCTS,
    RECORDS,
    SALES,
    Entity,
)
from crm_desktop.models import CUSTOMERS as CUSTOMERS_ENTITY
from crm_desktop.models.analysis import (
    COMPLAINT_SATISFACTION,
    CUSTOMER_STATISTICS,
    FEEDBACK_SATISFACTION,
    SATISFACTION_COMPARED,
    Analysis,
)
from crm_desktop.models.blank_forms import BLANKS
from crm_desktop.views.desk import Desk

MENUS = (
    ("基础信息维护", "B"), ("客户信息维护", "C"), ("客户服务", "S"), ("信息查询", "Q"),
    ("数据管理", "D"), ("辅助工具", "T"), ("系统管理", "X"), ("帮助信息", "H"),
)  # fmt: skip
"""The eight modules, in the order and words of the design document, with their mnemonics."""

BASE, CUSTOMERS, SERVICE, QUERY, DATA, TOOLS, SYSTEM, HELP = (title for title, _ in MENUS)


@dataclass(frozen=True)
class Module:
    """``screen`` is ``module:Class`` in this folder, imported when the screen is first opened.

    The class is called with (parent, desk) and ``arguments``. ``rank`` orders the navigation, 0 keeps it out;
    without a ``menu`` only other screens lead to it.
    """

    key: str
    title: str
    menu: str
    screen: str
    icon: str
    area: str = ""
    verb: str = "view"
    rank: int = 0
    arguments: tuple[Any, ...] = ()
    short: str = ""
    """The title on tabs and in the navigation, where it must be brief."""
    shortcut: str | None = None
    """The id of the key that opens it."""
    areas: tuple[str, ...] = ()
    """Instead of one area: the right in any of these is enough."""

    @property
    def tab_title(self) -> str:
        return self.short or self.title

    def is_allowed(self, desk: Desk) -> bool:
        areas = self.areas or ((self.area,) if self.area else ())
        return not areas or any(desk.office.may(area, self.verb) for area in areas)

    def load(self) -> Callable[..., Any]:
        """The class of the screen."""
        file, name = self.screen.split(":")
        screen: Callable[..., Any] = getattr(import_module(f"crm_desktop.views.{file}"), name)
        return screen

    def make(self, parent: Misc, desk: Desk) -> Any:
        return self.load()(parent, desk, *self.arguments)


def _records(entity: Entity, menu: str, icon: str, rank: int = 0, screen: str = "list_screen:ListScreen") -> Module:
    return Module(entity.key, entity.words, menu, screen, icon, entity.key, rank=rank, arguments=(entity.key,))


def _analysis(analysis: Analysis, icon: str, rank: int = 0, short: str = "") -> Module:
    return Module(analysis.key, analysis.title, SERVICE, "analysis:AnalysisScreen", icon, "satisfaction", rank=rank,
                  arguments=(analysis.key,), short=short)  # fmt: skip


def _query(entity: Entity, title: str = "", field: str = "") -> Module:
    key = f"query.{entity.key}.{field}" if field else f"query.{entity.key}"
    return Module(key, title or f"{entity.words}查询", QUERY, "query_screen:QueryScreen", "search", entity.key,
                  arguments=(entity.key, field))  # fmt: skip


def _dictionary(kind: str, title: str) -> Module:
    return Module(f"dictionary.{kind}", title, BASE, "dictionaries:DictionaryScreen", "list-ul", "dictionaries",
                  arguments=(kind,))  # fmt: skip


MODULES = (
    Module("regions", "区域信息", BASE, "regions:RegionScreen", "geo-alt", "regions", rank=15),
    _dictionary("nature", "企业性质"),
    _dictionary("type", "企业类型"),
    _dictionary("credit", "企业资信"),
    _dictionary("level", "客户级别"),
    _dictionary("satisfaction", "客户满意程度"),
    Module("dictionaries", "其他字典", BASE, "dictionaries:DictionariesScreen", "journal-text", "dictionaries",
           rank=16),
    Module("customers", "客户信息", CUSTOMERS, "customers:CustomerScreen", "people", "customers", rank=2),
    Module("calls", "客户呼叫中心", CUSTOMERS, "call_centre:CallCentre", "telephone", "interactions", rank=3),
    Module("customer", "客户详情", "", "customer_page:CustomerPage", "person-lines-fill", "customers"),
    Module("contacts", "联系人信息", CUSTOMERS, "contacts:ContactScreen", "person-vcard", "contacts", rank=4),
    _records(INTERACTIONS, CUSTOMERS, "chat-dots", 5, "interactions:InteractionScreen"),
    Module("mail", "发送邮件", CUSTOMERS, "mail.jobs:MailScreen", "send", "mail", rank=11),
    Module("compose", "写邮件", "", "mail.compose:ComposeScreen", "pencil-square", "mail", "create"),
    Module("batch_entry", "批量录入", CUSTOMERS, "batch_entry:BatchEntryScreen", "table", verb="create",
           areas=(*(each.key for each in RECORDS), "regions", "dictionaries")),
    Module("import", "导入", CUSTOMERS, "import_wizard:ImportScreen", "box-arrow-in-down", verb="import", rank=13,
           areas=tuple(each.key for each in RECORDS)),
    Module("duplicates", "查重与合并", CUSTOMERS, "duplicates:DuplicateScreen", "union", short="查重",
           areas=("customers", "contacts")),
    _records(FEEDBACK, SERVICE, "chat-left-text", 6, "flow_screen:FlowScreen"),
    _records(COMPLAINTS, SERVICE, "exclamation-diamond", 7, "flow_screen:FlowScreen"),
    _records(PRODUCTS, SERVICE, "box-seam"),
    _records(SALES, SERVICE, "receipt", 8),
    _analysis(FEEDBACK_SATISFACTION, "pie-chart", short="反馈满意度"),
    _analysis(COMPLAINT_SATISFACTION, "graph-up", 9, "投诉满意度"),
    _analysis(SATISFACTION_COMPARED, "bar-chart", short="满意度对比"),
    _analysis(CUSTOMER_STATISTICS, "people"),
    Module("monthly_report", "客户服务月报", SERVICE, "monthly_report:MonthlyReportScreen", "calendar3", "satisfaction",
           "print"),
    *(_query(each) for each in (CUSTOMERS_ENTITY, CONTACTS, FEEDBACK, COMPLAINTS)),
    _query(FEEDBACK, "反馈满意程度查询", "satisfaction"),
    _query(COMPLAINTS, "投诉满意程度查询", "satisfaction"),
    *(_query(each) for each in (INTERACTIONS, SALES, PRODUCTS, MEMOS)),
    Module("postcodes", "国内城市区号邮编查询", QUERY, "region_query:RegionQueryScreen", "search", "regions", rank=14,
           short="区号邮编查询"),
    Module("envelopes", "客户信封打印", DATA, "envelopes:EnvelopeScreen", "envelope", "customers", "print", rank=10),
    Module("labels", "地址标签", DATA, "labels:LabelScreen", "grid-3x3", "customers", "print"),
    Module("customer_list", "客户信息列表", DATA, "lists:ListReportScreen", "printer", "customers", "print", rank=12,
           arguments=("customer_list",)),
    Module("contact_list", "联系人信息列表", DATA, "lists:ListReportScreen", "printer", "contacts", "print",
           arguments=("contact_list",)),
    Module("postcode_list", "省份邮编信息", DATA, "lists:PostcodeListScreen", "mailbox", "regions"),
    Module("blank_forms", "登记表", DATA, "blank_forms:BlankFormScreen", "file-earmark", "customers", "print",
           areas=tuple(BLANKS)),
    Module("today", "今日工作", TOOLS, "today.screen:TodayScreen", "house", rank=1, short="首页"),
    _records(MEMOS, TOOLS, "calendar-check", screen="memos:MemoScreen"),
    Module("schedule", "日程", TOOLS, "schedule:ScheduleScreen", "calendar-week", "memos"),
    Module("operators", "操作员设置", SYSTEM, "operators:OperatorScreen", "person-gear", "operators"),
    Module("roles", "权限设置", SYSTEM, "roles:RoleScreen", "key", "roles"),
    Module("backups", "数据备份与恢复", SYSTEM, "backups.screen:BackupScreen", "shield-check", "backups", rank=17),
    Module("audit", "系统日志", SYSTEM, "audit:AuditScreen", "journal-check", "audit"),
    Module("recycle_bin", "回收站", SYSTEM, "recycle_bin:RecycleBinScreen", "trash", "recycle_bin"),
    Module("cleanup", "系统数据清理", SYSTEM, "cleanup:CleanupScreen", "eraser", "maintenance"),
    Module("settings", "系统设置", SYSTEM, "settings:SettingsScreen", "sliders", "settings"),
    Module("maintenance", "检查数据库", SYSTEM, "maintenance:MaintenanceScreen", "tools", "maintenance"),
    Module("company", "本单位信息", HELP, "company:CompanyScreen", "building", "company"),
    Module("first_steps", "新手引导", HELP, "first_steps:FirstStepsScreen", "signpost"),
    Module("help", "使用帮助", HELP, "help:HelpScreen", "question-circle", shortcut="help"),
    Module("keys", "快捷键", HELP, "about:KeyScreen", "keyboard"),
    Module("about", "关于", HELP, "about:AboutScreen", "info-circle"),
)  # fmt: skip

BY_KEY = {module.key: module for module in MODULES}
