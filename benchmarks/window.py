"""From the command to the first painted window, against a bare window of Qt in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.registry import Figure, benchmark, compare
from benchmarks.stage import Stage

STARTS = 7
SHOW = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
QApplication.exec = lambda *_: QApplication.processEvents() or 0
"""
OURS = SHOW + "from app.bootstrap import desktop; sys.exit(desktop(sys.argv[1]))"
BARE = SHOW + "app = QApplication([]); window = QWidget(); window.show(); sys.exit(QApplication.exec())"


@benchmark("window")
def window(stage: Stage) -> Iterator[Figure]:
    """The whole process: interpreter, imports, database, window, one round of events, end."""
    url = f"sqlite:///{stage.folder / 'window.db'}"
    home = {"XDG_CONFIG_HOME": str(stage.folder), "XDG_STATE_HOME": str(stage.folder), "QT_QPA_PLATFORM": "offscreen"}

    def start(code: str) -> None:
        command = [sys.executable, "-c", code, url]
        subprocess.run(command, env={**os.environ, **home}, check=True, capture_output=True, timeout=120)

    yield compare("window start (offscreen)", lambda _turn: start(OURS), lambda _turn: start(BARE), STARTS)
