"""Which new password is too easy to guess, in one sentence, asked while it is typed and again before it is stored."""

MINIMUM_LENGTH = 6
COMMON = frozenset({
    "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789", "987654321", "654321", "123321", "123123",
    "112233", "111222", "147258", "159357", "123654", "a123456", "123456a", "abc123", "abcdef", "abcd1234", "1q2w3e",
    "1qaz2wsx", "qwerty", "qwertyuiop", "asdfgh", "zxcvbn", "password", "password1", "passwd", "admin123", "iloveyou",
    "woaini", "woaini1314", "5201314", "1314520", "520520",
})  # fmt: skip
"""What lists of stolen passwords begin with, Chinese ones too."""


def problem(password: str, name: str) -> str:
    """Why this password cannot be set for this operator; "" when it can."""
    if len(password) < MINIMUM_LENGTH:
        return f"密码至少 {MINIMUM_LENGTH} 位。"
    if password.casefold() in COMMON or len(set(password)) == 1:
        return "这个密码太容易猜到，请换一个。"
    if password.casefold() == name.strip().casefold():
        return "密码不能与操作员名相同。"
    return ""
