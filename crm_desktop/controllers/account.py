"""The account of whoever is signed in: proving once more who sits there, and the office's way back in."""

from crm_desktop.controllers import passwords, recovery
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import PermissionDenied, SignInError

CREDENTIAL = "SELECT * FROM credentials WHERE operator = ?"
IS_ADMINISTRATOR = "SELECT r.is_system FROM operators o JOIN roles r ON r.id = o.role WHERE o.id = ?"
ONLY_ADMINISTRATORS = "只有管理员可以换新的找回码。"


class Account(Controller):
    area = "operators"

    @requires(ANYONE)
    def verify_password(self, password: str) -> None:
        """SignInError unless it is the operator's own; failures are counted, lock the account and stand in the log."""
        me = self._context.operator
        credential = self._db.one(CREDENTIAL, (me.id,))
        if credential is None:
            raise SignInError("密码不正确。")
        try:
            passwords.verify(self._db, self._context.clock, credential, password, is_sign_in=False)
        except SignInError:
            with self._context.operation("password_failed", f"密码不正确：{me.full_name}"):
                pass
            raise

    @requires(ANYONE)
    def log_lock(self, is_locked: bool) -> None:
        """Write down that the screen was locked, or that its operator came back."""
        kind, words = ("lock", "锁定屏幕") if is_locked else ("unlock", "解锁屏幕")
        with self._context.operation(kind, f"{words}：{self._context.operator.full_name}"):
            pass

    @requires("update")
    def new_recovery_code(self, password: str) -> str:
        """A new 找回码 in place of the one before, for an administrator who gives their password again."""
        if not self._db.value(IS_ADMINISTRATOR, (self._context.operator.id,)):
            raise PermissionDenied(ONLY_ADMINISTRATORS)
        self.verify_password(password)
        with self._context.operation("recovery_code", "换新的管理员找回码"):
            return recovery.renew(self._db)
