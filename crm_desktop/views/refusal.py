"""The whole window of a program that cannot start: one sentence, and a button that ends it."""

import ttkbootstrap as ttk

from crm_desktop.views.keys import bind_key
from crm_desktop.views.line_starts import break_lines
from crm_desktop.views.theme import create_root, pixels

WIDTH = 420
"""Of the sentence, at 100 %."""


def show_refusal(sentence: str) -> None:
    """Show it until it is closed; only for a program that has no other window."""
    root = create_root()
    root.resizable(False, False)
    box = ttk.Frame(root, padding=pixels(root, 20))
    box.pack()
    ttk.Label(box, icon="x-circle", icon_size=28, bootstyle="danger").pack(side="left", anchor="n")
    width = pixels(root, WIDTH)
    ttk.Label(box, text=break_lines(sentence, width), wraplength=width).pack(anchor="w", padx=(pixels(root, 14), 0))
    button = ttk.Button(box, text="关闭", bootstyle="primary", command=root.destroy, name="close", width=8)
    button.pack(anchor="e", pady=(pixels(root, 18), 0))
    for key in ("enter", "<Escape>"):
        bind_key(root, key, root.destroy)
    root.place_window_center()
    button.focus_set()
    root.mainloop()
