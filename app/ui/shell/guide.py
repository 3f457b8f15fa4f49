"""What helps to get about: Ctrl+K finds anything, F1 explains the open page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.core.errors import AppError
from app.core.words import describe
from app.queries.finding import FoundRow, find
from app.queries.reader import Reader
from app.ui import language
from app.ui.background import Background
from app.ui.language import say, spoken
from app.ui.shell.doors import Door
from app.ui.shell.main_window import MainWindow
from app.ui.widgets.search_palette import Found

FOUND_ICONS = {"case": "recall", "batch": "barcode", "product": "box", "document": "document"}
FOUND_DOORS = {"case": "recalls", "batch": "batches", "product": "batches", "document": "batches"}
KEYS = (("Ctrl K", "find"), ("F1", "help"), ("Esc", "back"), ("Alt ←", "before"), ("Ctrl L", "lock"))
PARAGRAPHS = (1, 2, 3)


class Guide(QObject):
    """Belongs to one window and goes with it; ``doors`` says what the person may open."""

    def __init__(
        self, window: MainWindow, reader: Reader, background: Background, doors: Callable[[], list[Door]]
    ) -> None:
        super().__init__(window)
        self._window, self._reader, self._background, self._doors = window, reader, background, doors
        window.searched.connect(self._search)
        window.help_asked.connect(self._explain)

    @Slot(str)
    def _search(self, words: str) -> None:
        def ask() -> list[FoundRow]:
            return self._reader.fetch(find, words)

        def show(rows: list[FoundRow]) -> None:
            self._window.show_found([*map(_found, rows), *self._found_doors(words)])

        self._background.read(self, ask, show, self._fail)

    def _found_doors(self, words: str) -> list[Found]:
        wanted = words.strip().lower()
        return [
            Found(door.key, language.read(door.title), kind=say("desk.found.door"), icon=door.icon)
            for door in self._doors()
            if wanted in language.read(door.title).lower()
        ]

    @Slot(str)
    def _explain(self, key: str) -> None:
        told = [spoken(f"desk.help.{key}.{number}") for number in PARAGRAPHS]
        self._window.help.explain(
            spoken(f"desk.door.{key}"), told, [(cap, spoken(f"desk.keys.{name}")) for cap, name in KEYS]
        )

    def _fail(self, error: AppError) -> None:
        self._window.say(describe(error, language.language()), "stop")


def _found(row: FoundRow) -> Found:
    tongue = language.language()
    return Found(
        FOUND_DOORS[row.kind],
        row.title.said_in(tongue),
        row.note.said_in(tongue),
        say(f"desk.found.{row.kind}"),
        FOUND_ICONS[row.kind],
        target=row.target,
    )
