"""What is cut off, lies outside, covers its neighbour, or is visited by Tab against the order in which one reads."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from tkinter import Misc
from tkinter.font import nametofont

from crm_desktop.views.keys import descendants
from crm_desktop.views.theme import CELL_PADDING, pixels

SPEAKING = ("TLabel", "TButton", "TCheckbutton", "TRadiobutton", "TMenubutton", "Label", "Button")
TYPED_INTO = ("TEntry", "TCombobox", "TSpinbox", "Text")
Box = tuple[int, int, int, int]


def is_shown(widget: Misc) -> bool:
    return bool(widget.winfo_viewable())


def box(widget: Misc) -> Box:
    """Left, top, right and bottom on the screen."""
    x, y = widget.winfo_rootx(), widget.winfo_rooty()
    return x, y, x + widget.winfo_width(), y + widget.winfo_height()


def texts(widget: Misc) -> list[str]:
    """The words a widget itself says; what is typed or comes from records is not counted."""
    kind, call = widget.winfo_class(), widget.tk.call
    if kind in SPEAKING:
        return [str(widget.cget("text"))]
    if kind == "Treeview":
        return [str(call(widget, "heading", column, "-text")) for column in ("#0", *widget.cget("columns"))]
    if kind == "TNotebook":
        return [str(call(widget, "tab", tab, "-text")) for tab in widget.tk.splitlist(call(widget, "tabs"))]
    return []


def ancestors(widget: Misc) -> list[Misc]:
    """The parents up to the root, nearest first."""
    found = []
    while widget.master is not None:
        widget = widget.master
        found.append(widget)
    return found


def is_scrolled(widget: Misc) -> bool:
    """In a frame that holds nothing but a view and its scrollbar, what does not fit can be scrolled to."""
    for frame in ancestors(widget):
        bars = [child for child in frame.winfo_children() if child.winfo_class() == "TScrollbar"]
        if len(frame.winfo_children()) == 2 and bars and bars[0].winfo_ismapped():
            return True
    return False


def cut(widgets: Sequence[Misc]) -> list[str]:
    """Words that have less room than they need, lie outside the parent, or got no room at all."""
    found = [line for widget in widgets if widget.winfo_class() == "Treeview" for line in _cut_in_table(widget)]
    for widget in widgets:
        if widget.winfo_class() not in (*SPEAKING, *TYPED_INTO):
            continue
        if widget.master is not None and widget.master.winfo_class() == "Treeview":
            continue  # a mark on a cell, scrolled with it
        faults = list(_faults(widget))
        if faults and not is_scrolled(widget):
            name = f"{widget} {''.join(texts(widget))}".strip()
            found += [f"{fault}: {name}" for fault in faults]
    return found


def _faults(widget: Misc) -> Iterator[str]:
    if not widget.winfo_ismapped():
        if widget.winfo_manager() in ("pack", "grid") and widget.master and is_shown(widget.master):
            yield "no room"
    elif is_shown(widget):
        if _is_narrow(widget):
            yield "narrow"
        if _is_outside(widget):
            yield "outside"


def _is_narrow(widget: Misc) -> bool:
    is_word = widget.winfo_class() in SPEAKING
    is_less = widget.winfo_width() < widget.winfo_reqwidth() or widget.winfo_height() < widget.winfo_reqheight()
    return is_word and is_less


def _is_outside(widget: Misc) -> bool:
    left, top, right, bottom = box(widget)
    while widget.master is not None and widget.winfo_class() not in ("Toplevel", "Tk"):
        widget = widget.master
        x, y, end, floor = box(widget)
        if left < x or top < y or right > end or bottom > floor:
            return True
    return False


def _cut_in_table(tree: Misc) -> Iterator[str]:
    """Headings wider than their columns, and the rows of a list that has nothing but words."""
    if not is_shown(tree):
        return
    call, font = tree.tk.call, nametofont("TkDefaultFont", root=tree)
    shown, declared, kinds = (
        [str(each) for each in tree.tk.splitlist(call(tree, "cget", option))]
        for option in ("-displaycolumns", "-columns", "-show")
    )
    columns = declared if shown == ["#all"] else shown
    for column in [*(["#0"] if "tree" in kinds else []), *columns] if "headings" in kinds else []:
        text = str(call(tree, "heading", column, "-text"))
        if text and font.measure(text) + 2 * pixels(tree, CELL_PADDING) > int(call(tree, "column", column, "-width")):
            yield f"heading: {tree} {text}"
    if len(columns) == 1 and "tree" not in kinds:
        yield from (f"row: {tree} {text}" for text in _wide_rows(tree, columns[0], font))


def _wide_rows(tree: Misc, column: str, font: object) -> Iterator[str]:
    room = int(tree.tk.call(tree, "column", column, "-width")) - 2 * pixels(tree, CELL_PADDING)
    for item in tree.tk.splitlist(tree.tk.call(tree, "children", "")):
        text = str(tree.tk.call(tree, "set", item, column))
        if font.measure(text) > room:  # type: ignore[attr-defined]
            yield text


def overlapping(widgets: Sequence[Misc]) -> list[str]:
    """Neighbours that cover each other, and windows that do not fit the screen; what is placed by hand lies on top."""
    found = []
    for parent in widgets:
        managed = (each for each in parent.winfo_children() if each.winfo_manager() in ("pack", "grid"))
        children = [each for each in managed if is_shown(each)]
        found += [f"overlap: {one} {other}" for one, other in combinations(children, 2) if _cover(box(one), box(other))]
        if parent.winfo_class() == "Toplevel" and _leaves_screen(parent):
            found.append(f"beyond the screen: {parent}")
    return found


def _cover(one: Box, other: Box) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > 0 and height > 0


def _leaves_screen(window: Misc) -> bool:
    left, top, right, bottom = box(window)
    return left < 0 or top < 0 or right > window.winfo_screenwidth() or bottom > window.winfo_screenheight()


def tab_chain(screen: Misc) -> list[Misc]:
    """All that Tab visits inside, in its order."""
    visited: list[Misc] = []
    widget = screen.tk_focusNext()
    while widget is not None and widget not in visited:
        visited.append(widget)
        widget = widget.tk_focusNext()
    return [widget for widget in visited if str(widget).startswith(f"{str(screen).rstrip('.')}.")]


def disorder(screen: Misc) -> list[str]:
    """Pairs of fields that Tab visits against the order in which they are read."""
    found = []
    fields = [widget for widget in tab_chain(screen) if widget.winfo_class() in TYPED_INTO]
    for first, second in pairwise(fields):
        one, other = _below_common(first, second)
        (x, y, right, floor), (x2, y2, _, floor2) = box(one), box(other)
        overlap = min(floor, floor2) - max(y, y2)
        is_one_line = overlap > min(floor - y, floor2 - y2) / 2
        is_next_column = x2 >= right and _holds_fields(other) > 1
        if ((x2 < x) if is_one_line else (y2 < y)) and not is_next_column:
            found.append(f"{first} then {second}")
    return found


def _holds_fields(frame: Misc) -> int:
    return sum(widget.winfo_class() in TYPED_INTO for widget in descendants(frame))


def _below_common(first: Misc, second: Misc) -> tuple[Misc, Misc]:
    """The two children, of the frame that holds both widgets, in which they are."""
    above, beside = [first, *ancestors(first)], [second, *ancestors(second)]
    common = next(widget for widget in above if widget in beside)
    return above[above.index(common) - 1], beside[beside.index(common) - 1]
