"""发送邮件: the server that mail goes through, what providers ask for, and the states of a message."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.errors import FieldError
from crm_desktop.models.checks import check_email

SSL, STARTTLS, PLAIN = "SSL", "STARTTLS", "不加密"
SECURITIES = (SSL, STARTTLS, PLAIN)

WAITING, SENDING, SENT, UNSURE, FAILED, SKIPPED = "待发", "发送中", "已发", "可能已发", "失败", "已跳过"
STATES = (WAITING, SENDING, SENT, UNSURE, FAILED, SKIPPED)
"""``UNSURE`` went out as far as anybody knows: it is sent again only when a clerk says so."""

CHANGED = "mail"
"""What screens hear of when a job has changed."""

OTHER = "其他"
LOCAL_PART = "@"


@dataclass(frozen=True)
class Preset:
    """What a provider of mail wants; ``domains`` are those of its addresses, ``note`` what the password is there."""

    name: str
    host: str
    port: int
    security: str
    domains: tuple[str, ...]
    note: str


def _code(where: str) -> str:
    return f"密码要填“授权码”，不是登录密码：{where}，生成后复制到这里。"


PRESETS = (
    Preset("QQ 邮箱", "smtp.qq.com", 465, SSL, ("qq.com", "foxmail.com"),
           _code("登录网页版 QQ 邮箱 → 设置 → 账号 → 开启 SMTP 服务")),
    Preset("163 邮箱", "smtp.163.com", 465, SSL, ("163.com",),
           _code("登录网页版 163 邮箱 → 设置 → POP3/SMTP/IMAP → 开启 SMTP 服务")),
    Preset("126 邮箱", "smtp.126.com", 465, SSL, ("126.com",),
           _code("登录网页版 126 邮箱 → 设置 → POP3/SMTP/IMAP → 开启 SMTP 服务")),
    Preset("企业微信邮箱", "smtp.exmail.qq.com", 465, SSL, (),
           "密码要填“客户端专用密码”（开启安全登录时），否则填邮箱密码：登录网页版企业邮箱 → 设置 → 客户端设置。"),
    Preset("阿里企业邮箱", "smtp.qiye.aliyun.com", 465, SSL, (),
           "密码填邮箱密码；管理员开启了安全密码的，填“三方客户端安全密码”。"),
    Preset(OTHER, "", 465, SSL, (),
           "服务器地址、端口和加密方式请问邮箱的管理员：SSL 一般用 465，STARTTLS 一般用 587。"),
)  # fmt: skip
"""The mailboxes that offices have; the last is any other server."""


def preset_of(host: str) -> Preset:
    """The provider whose server this is, else the one for any other."""
    return next((each for each in PRESETS if each.host == host.lower()), PRESETS[-1])


def preset_for(address: str) -> Preset | None:
    """The provider that an address belongs to, when its domain tells."""
    domain = address.rpartition(LOCAL_PART)[2].lower()
    return next((each for each in PRESETS if domain in each.domains), None)


@dataclass(frozen=True)
class MailServer:
    """Through which server the office sends, and in whose name. Without ``user`` nobody signs in there."""

    host: str = ""
    port: int = 465
    security: str = SSL
    user: str = ""
    sender_name: str = ""
    sender_address: str = ""

    @property
    def is_ready(self) -> bool:
        return bool(self.host and self.sender_address)

    @property
    def preset(self) -> Preset:
        return preset_of(self.host)


def read_server(values: Mapping[str, object]) -> tuple[MailServer, dict[str, str]]:
    """What was typed as a server, and each field that cannot be with its sentence."""
    texts = {name: str(values.get(name) or "").strip() for name in MailServer.__dataclass_fields__}
    problems: dict[str, str] = {}
    if not texts["host"] or any(each.isspace() or each in "/@:：，" for each in texts["host"]):
        problems["host"] = "请填写服务器地址，例如 smtp.qq.com，不带 http:// 和端口。"
    port = int(texts["port"]) if texts["port"].isascii() and texts["port"].isdigit() else 0
    if not 1 <= port <= 65535:
        problems["port"] = "端口应为 1–65535 的整数：SSL 一般用 465，STARTTLS 一般用 587。"
    if texts["security"] not in SECURITIES:
        problems["security"] = f"加密方式应为：{'、'.join(SECURITIES)}。"
    try:
        texts["sender_address"] = check_email(texts["sender_address"])
        if not texts["sender_address"]:
            problems["sender_address"] = "请填写发件地址，一般就是登录邮箱的地址。"
    except FieldError as error:
        problems["sender_address"] = str(error)
    return MailServer(**{**texts, "port": port}), problems  # type: ignore[arg-type]


def address_key(address: str) -> str:
    """Equal for two spellings of one mailbox: providers here do not look at case."""
    return address.strip().casefold()
