"""How tables of column words are written down: one field a line, its words after it."""

Aliases = dict[str, tuple[str, ...]]  # field path → words, the likelier first


def table(lines: str) -> Aliases:
    """One field a line, "field: word word"; an indented line goes on with the field above it."""
    fields = (entry.partition(":") for entry in lines.replace("\n    ", " ").split("\n") if entry)
    return {field: tuple(words.split()) for field, _, words in fields}


def words(lines: str) -> tuple[str, ...]:
    """Words between blanks and line ends."""
    return tuple(lines.split())
