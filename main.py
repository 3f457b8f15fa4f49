"""Starts RecallDesk."""

from app.bootstrap import main

if __name__ == "__main__":
    raise SystemExit(main())
