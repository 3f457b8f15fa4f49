"""Files from outside: dropped onto a widget, or chosen in the system's dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.language import say

PATTERN = "*.txt *.pdf *.docx *.xlsx *.xls *.csv *.tsv *.json *.html *.htm"


class FileDrop(QObject):
    """Takes the first local file that is dropped onto ``target`` or a part of it; words and links are left alone."""

    def __init__(self, target: QWidget, take: Callable[[Path], None]) -> None:
        super().__init__(target)
        self._take = take
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def watch_also(self, part: QWidget) -> None:
        """A part that takes drops itself, such as an editor, which would paste the name of the file."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDropEvent):
            path = _first_file(event)
            if path is not None and event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self._take(path)
                return True
        return super().eventFilter(watched, event)


def _first_file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)


def choose_notice_file(parent: QWidget) -> Path | None:
    """The system's dialog; None where it was closed without a choice."""
    name = say("widgets.notice_files")
    path, _filter = QFileDialog.getOpenFileName(parent, say("widgets.choose_notice"), "", f"{name} ({PATTERN})")
    return Path(path) if path else None
