"""发送邮件: the server, letters with merge fields, and jobs that send one letter to many, each once."""

from crm_desktop.controllers.mail.controller import Mail
from crm_desktop.controllers.mail.letter import Letter, Preview
from crm_desktop.controllers.mail.sending import Progress
from crm_desktop.controllers.mail.setup import MailSetup
from crm_desktop.controllers.mail.templates import MailTemplates

__all__ = ["Letter", "Mail", "MailSetup", "MailTemplates", "Preview", "Progress"]
