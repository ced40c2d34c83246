"""Every error the program raises on purpose; each carries one Chinese sentence for the clerk.

CrmError
├── FieldError                 one typed value cannot be taken (raised by a field's parse or check)
├── ValidationError            a record was refused; .fields = {field name: sentence}
├── NotFound                   the record does not exist, or not for this operator
│   └── OwnerDeleted           what it belongs to is in the recycle bin, too
├── InUse                      deletion refused; .uses = [(where, how many)]
│   └── Taken                  it cannot come back under its name; .entity, .record, .field, .value
├── Conflict                   somebody saved first; .changes = {field: (theirs, ours)}, .by, .at
├── PermissionDenied           the operator's role does not allow it
├── IllegalTransition          a workflow does not lead from here to there
├── SignInError                wrong name or password
│   └── AccountLocked          too many failures; .until = UTC time
├── DatabaseError              the file cannot be used, and why
│   └── DatabaseLost           the file is gone or damaged: only a backup can bring the office back
├── ImportRefused              the file cannot be imported, and why
├── CleanupRefused             nothing was cleaned up, and why
├── BackupError                a backup or restore failed, and what was left untouched
├── ReportError                a document cannot be made
├── MailError                  no letter can be sent now, and what to do about it
│   ├── MailPasswordRefused    the server does not take the password, or there is none
│   ├── MailRefused            the server did not take this one letter; others may go
│   └── MailUnsure             the letter was handed over, but the server never said so
└── SystemRefused              the operating system refused: printer, program, folder
    └── PaperRefused           the printer does not take paper of this size
"""

from collections.abc import Mapping


class CrmError(Exception):
    """Base of all expected errors; ``str(error)`` is a sentence to show."""

    sentence = "操作没有完成。"

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class FieldError(CrmError):
    """A single value is not acceptable for its field."""


class ValidationError(CrmError):
    """A record is refused; ``fields`` maps each bad field to its sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("；".join(dict.fromkeys(fields.values())))
        self.fields = fields


class NotFound(CrmError):
    sentence = "没有找到这条记录，可能已被删除。"


class OwnerDeleted(NotFound):
    """What a record belongs to is in the recycle bin, too, and must come back first."""


class InUse(CrmError):
    """Something cannot be deleted because others refer to it."""

    def __init__(self, sentence: str, uses: list[tuple[str, int]]) -> None:
        super().__init__(sentence)
        self.uses = uses


class Taken(InUse):
    """A record cannot come back under a name that another has taken meanwhile; it can under another."""

    def __init__(self, sentence: str, entity: str, record: int, field: str, value: str) -> None:
        super().__init__(sentence, [])
        self.entity = entity
        self.record = record
        self.field = field
        self.value = value


class Conflict(CrmError):
    """Someone else saved the record between our reading and our saving it."""

    def __init__(self, sentence: str, changes: Mapping[str, tuple[object, object]], by: str, at: str) -> None:
        super().__init__(sentence)
        self.changes = changes
        self.by = by
        self.at = at


class PermissionDenied(CrmError):
    sentence = "您没有这项操作的权限，请联系管理员。"


class IllegalTransition(CrmError):
    sentence = "当前状态不能进行这项操作。"


class SignInError(CrmError):
    sentence = "操作员或密码不正确。"


class AccountLocked(SignInError):
    """Too many failures; ``until`` is the UTC time at which the account opens again."""

    def __init__(self, sentence: str, until: str) -> None:
        super().__init__(sentence)
        self.until = until


class DatabaseError(CrmError):
    sentence = "数据库文件无法使用。"


class DatabaseLost(DatabaseError):
    sentence = "数据库文件已损坏，请用最近的备份恢复。"


class ImportRefused(CrmError):
    sentence = "这个文件无法导入。"


class CleanupRefused(CrmError):
    sentence = "没有清理，数据没有改动。"


class BackupError(CrmError):
    sentence = "备份没有完成，原有数据未改动。"


class ReportError(CrmError):
    sentence = "文档没有生成。"


class MailError(CrmError):
    sentence = "邮件没有发出。"


class MailPasswordRefused(MailError):
    """The server does not take the password, or none is known."""


class MailRefused(MailError):
    """The server did not take this one letter; others may go."""


class MailUnsure(MailError):
    """The letter was handed over, but the connection broke before the server said that it has it."""

    sentence = "邮件已交给服务器，但没有等到回答，可能已经发出。"


class SystemRefused(CrmError):
    sentence = "系统没有完成这项操作。"


class PaperRefused(SystemRefused):
    sentence = "打印机不接受这种尺寸的纸张。"
