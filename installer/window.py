"""The frozen program with a window starts here."""

from crm_desktop.app import main

if __name__ == "__main__":
    raise SystemExit(main())
