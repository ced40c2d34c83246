"""The letters that every office writes: 春节, 中秋, birthdays, 回访 …; those that have a day say when it comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crm_desktop.models.lunar import solar_day

GREETING = "尊敬的{联系人|客户}{称谓|}：\n\n　　您好！\n"
CLOSING = "\n　　此致\n敬礼！\n\n{本单位}\n{我的姓名}　{本单位电话|}\n{今天}"


@dataclass(frozen=True)
class MailTemplate:
    """A letter to begin with; ``id`` is None for one that comes with the program."""

    name: str
    subject: str
    body: str
    is_html: bool = False
    id: int | None = None


def _letter(name: str, subject: str, *lines: str) -> MailTemplate:
    return MailTemplate(name, subject, GREETING + "".join(f"　　{line}\n" for line in lines) + CLOSING)


TEMPLATES = (
    _letter("春节", "{本单位简称}恭祝{简称|您}新春快乐",
            "新春将至，{本单位}全体同仁感谢您一年来的信任与支持，给您和家人拜年！",
            "祝您新的一年身体健康、阖家幸福，祝贵单位事业兴旺、再创佳绩！"),
    _letter("中秋", "{本单位简称}祝您中秋快乐", "又是一年月圆时，{本单位}祝您和家人中秋快乐、团圆美满！",
            "感谢您一直以来对我们工作的支持，愿我们的合作如这一轮明月，长久圆满。"),
    _letter("元旦", "{本单位简称}恭贺新年", "新年伊始，{本单位}向您致以诚挚的问候！",
            "感谢您过去一年的支持，祝您新年快乐，万事如意！"),
    _letter("端午", "{本单位简称}祝您端午安康", "端午佳节，{本单位}祝您和家人平安健康、万事顺遂！"),
    _letter("国庆", "{本单位简称}祝您国庆快乐", "值此国庆佳节，{本单位}祝您节日快乐、阖家幸福！",
            "假期中如有急事，请拨打 {本单位电话|我们的服务电话}，我们有人值班。"),
    _letter("生日", "{联系人|}{称谓|}，生日快乐！", "在您生日到来之际，{本单位}全体同仁祝您生日快乐！",
            "愿您健康平安，心想事成。"),
    _letter("回访", "{本单位简称}服务回访", "感谢您使用我们的产品和服务。为了把工作做得更好，想听听您的意见：",
            "1. 产品使用是否正常？", "2. 我们的服务您是否满意？", "3. 还有哪些需要我们改进的地方？",
            "请直接回复本邮件，或拨打 {本单位电话|我们的服务电话}。谢谢！"),
    _letter("新产品介绍", "{本单位简称}新产品介绍", "我们最近推出了新产品，资料见附件，供您参考。",
            "如有需要，请联系{业务员|我们}，我们可以上门介绍。"),
    _letter("会议邀请", "邀请您参加{本单位简称}客户座谈会", "我们将举办客户座谈会，诚邀您参加：", "时间：", "地点：",
            "请回复本邮件告知能否出席，谢谢！"),
    _letter("催款提醒", "关于货款的提醒", "贵单位有一笔货款已到约定日期，明细见附件，烦请核对并安排付款。",
            "如已付款，请忽略本邮件。谢谢支持！"),
)  # fmt: skip
"""What an office has before it keeps letters of its own; one of its own under the same name takes the place."""

SOON_DAYS = 30
DAYS: dict[str, Callable[[int], date]] = {
    "元旦": lambda year: date(year, 1, 1), "国庆": lambda year: date(year, 10, 1),
    "春节": lambda year: solar_day(year, 1, 1), "端午": lambda year: solar_day(year, 5, 5),
    "中秋": lambda year: solar_day(year, 8, 15),
}  # fmt: skip


def next_day(name: str, today: date) -> date | None:
    """When a festival comes next, today included; None for what is no festival."""
    of_year = DAYS.get(name)
    if of_year is None:
        return None
    return min(day for year in (today.year, today.year + 1) if (day := of_year(year)) >= today)


def title(name: str, today: date) -> str:
    """How a letter stands in a list to choose from: 春节（2027-02-06，还有 11 天）."""
    day = next_day(name, today)
    if day is None:
        return name
    days = (day - today).days
    left = "" if days > SOON_DAYS else f"，还有 {days} 天" if days else "，就是今天"
    return f"{name}（{day.isoformat()}{left}）"
