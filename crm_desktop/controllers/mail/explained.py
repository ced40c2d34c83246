"""What a mail server or the way to it answered, as one sentence that says what to do."""

import re
import smtplib
import socket
import ssl

from crm_desktop.errors import MailError, MailPasswordRefused, MailRefused
from crm_desktop.models.mail import PLAIN, SSL, STARTTLS, MailServer

LONGEST_REPLY = 160
PORTS = "SSL 一般用 465 端口，STARTTLS 一般用 587 端口。"
TOO_BIG = "邮件太大，服务器不收：请减少附件，或把文件放到网盘里发链接。"
NOT_THE_SENDER = "服务器不让用这个发件地址：发件地址应与登录的用户名是同一个邮箱。"
DROPPED = "服务器中断了连接，请稍后再试；经常这样时请放慢发送速度。"
TIMED_OUT = "服务器 {} 秒内没有回答，请检查网络，稍后再试。"
TOO_FAST = re.compile(r"freq|limit|\brate|too many|MI:|SFQ|CEL", re.IGNORECASE)
REJECTED = (
    (TOO_FAST, "发送太频繁，请放慢速度，过一会儿再试。"),
    (re.compile(r"user|mailbox|recipient|account|address|exist|unknown", re.IGNORECASE), "没有这个收件地址，请核对。"),
    (re.compile(r"full|quota|storage", re.IGNORECASE), "对方的邮箱已满。"),
    (re.compile(r"spam|content|reject|block|black|denied|DT:|HL:|SPM|policy", re.IGNORECASE),
     "被当作垃圾邮件拒收，请改一改内容、少带链接，稍后再试。"),
)  # fmt: skip
"""What providers write in their replies → what it means; the first that fits."""
GATEWAYS = (421, 454)
"""The server as such is busy: nothing else can be sent now either."""


def connecting(error: Exception, server: MailServer, seconds: float) -> MailError:
    """Why the server cannot be reached or used."""
    where = f"{server.host}:{server.port}"
    cause = _timeout(error) or error
    if isinstance(cause, socket.gaierror):
        return MailError(f"找不到服务器“{server.host}”，请检查服务器地址是否写对、电脑能否上网。")
    if isinstance(cause, ConnectionRefusedError):
        return MailError(f"服务器 {where} 拒绝连接，多半是端口不对：{PORTS}")
    if isinstance(cause, TimeoutError):
        hint = "465 端口要选 SSL；" if server.port == 465 and server.security != SSL else ""
        advice = f"{hint}请检查端口和网络，防火墙可能拦住了这个端口。{PORTS}"
        return MailError(f"{where} 在 {seconds:g} 秒内没有回答：{advice}")
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = str(getattr(cause, "verify_message", "") or "")
        return MailError(
            f"服务器“{server.host}”的证书不能确认（{reason}），密码没有发出：请检查服务器地址、电脑的日期和杀毒软件。"
        )
    if isinstance(cause, ssl.SSLError):
        other = f"改选 {STARTTLS}，或把端口改成 465" if server.security == SSL else "改选 SSL"
        return MailError(f"{where} 上谈不成 {server.security} 加密：请{other}。{PORTS}")
    return _talking(cause, server, where)


def _talking(error: Exception, server: MailServer, where: str) -> MailError:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return password(error, server)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        if server.security == STARTTLS and "STARTTLS" in str(error):
            return MailError(f"{where} 不支持 STARTTLS：请改选 SSL，端口一般是 465。")
        return MailError(f"{where} 不支持用密码登录：请检查加密方式和端口。{PORTS}")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        hint = "465 端口要选 SSL；" if server.security != SSL else ""
        return MailError(f"{where} 中断了连接：{hint}请检查加密方式和端口，稍后再试。{PORTS}")
    if isinstance(error, smtplib.SMTPResponseException):
        if error.smtp_code < 0:
            return MailError(f"{where} 的回答不是邮件服务器的：请检查加密方式和端口。{PORTS}")
        return MailError(f"服务器暂时不接受连接，请稍后再试。{reply(error.smtp_code, error.smtp_error)}")
    if isinstance(error, UnicodeError):
        return MailPasswordRefused("用户名和授权码只能是字母、数字和符号，请检查是否混入了中文字符或空格。")
    return MailError(f"连不上服务器 {where}，请检查网络。")


def password(error: smtplib.SMTPAuthenticationError, server: MailServer) -> MailPasswordRefused:
    """535 and its like: at our providers nearly always a login password where a 授权码 is wanted."""
    plain = "（不加密时许多服务器不让登录，请改选 SSL。）" if server.security == PLAIN else ""
    return MailPasswordRefused(
        f"用户名或密码不对。{server.preset.note}{plain}{reply(error.smtp_code, error.smtp_error)}"
    )


def sender(code: int, answer: bytes) -> MailError:
    """The server does not take who writes, or anything at all now."""
    if code == 552:
        return MailError(TOO_BIG + reply(code, answer))
    if code == 530:
        return MailPasswordRefused(f"服务器要先登录才让发信，请填写用户名和密码。{reply(code, answer)}")
    if TOO_FAST.search(_text(answer)):
        return MailError(_rejected(code, answer, ""))
    if code in (501, 550, 553):
        return MailError(NOT_THE_SENDER + reply(code, answer))
    return MailError(f"服务器现在不收信，请稍后再试。{reply(code, answer)}")


def recipient(code: int, answer: bytes) -> MailError:
    """One address was refused; 421 and its like are about the server."""
    if code in GATEWAYS:
        return sender(code, answer)
    if code == 552:
        return MailRefused(f"对方的邮箱已满。{reply(code, answer)}")
    return MailRefused(_rejected(code, answer, "没有这个收件地址，或对方不收。"))


def content(code: int, answer: bytes) -> MailError:
    """The letter itself was refused."""
    if code in GATEWAYS or code == 552:
        return sender(code, answer)
    return MailRefused(_rejected(code, answer, "服务器不收这封信。"))


def _rejected(code: int, answer: bytes, otherwise: str) -> str:
    said = _text(answer)
    meaning = next((sentence for pattern, sentence in REJECTED if pattern.search(said)), otherwise)
    if 400 <= code < 500 and meaning == otherwise:
        meaning = "服务器暂时不收这封信，过一会儿可以重试。"
    return f"{meaning}{reply(code, answer)}"


def sending(error: Exception, seconds: float) -> MailError:
    """The connection broke before the letter was handed over whole."""
    return MailError(TIMED_OUT.format(f"{seconds:g}") if _timeout(error) else DROPPED)


def reply(code: int, answer: bytes | str) -> str:
    """What the server said itself, for whoever is asked for help."""
    said = _text(answer)
    return f"（服务器答复：{code} {said[:LONGEST_REPLY]}）" if code > 0 else ""


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())


def _timeout(error: BaseException | None) -> TimeoutError | None:
    """smtplib wraps a time-out that it meets while it waits for an answer."""
    while error is not None:
        if isinstance(error, TimeoutError):
            return error
        error = error.__cause__ or error.__context__
    return None
