"""The window: everything that knows tkinter."""
