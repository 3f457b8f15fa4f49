"""What the demo says on the terminal."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from app.core import settings
from app.core.words import LANGUAGES, text


def whisper(act: str) -> None:
    """Progress goes to stderr, so that ``--json`` stays alone on stdout."""
    sys.stderr.write(f"  {text(f'cli.demo.{act}', _terminal_language())}\n")


def tell_where(folder: Path, summary: dict[str, Any], *, as_json: bool) -> None:
    """Where pictures, papers and figures lie; with ``as_json`` the figures alone."""
    if as_json:
        sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(text("cli.demo.done", _terminal_language(), folder=str(folder), case=summary["case"]) + "\n")


def _terminal_language() -> str:
    told = os.environ.get("RECALLDESK_LANGUAGE", "")
    return told if told in LANGUAGES else settings.load(settings.settings_path()).language
