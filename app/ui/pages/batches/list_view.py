"""The list of batches: one search field, filters, rows."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.batches import BatchFilter, BatchRow
from app.ui.language import say, spoken
from app.ui.pages.batches.columns import batch_columns, batch_look
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import PageHead, Surface
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.search_input import SearchInput
from app.ui.widgets.table import DataTable
from app.ui.words import word

SHOWN_FILTERS = tuple(show for show in BatchFilter if show is not BatchFilter.NO_PRODUCTION)


class BatchListView(QWidget):
    """Ctrl+F is the search field; Enter in it goes to the rows; Enter there opens one."""

    searched = Signal(str)
    filtered = Signal(str)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[BatchFilter, int] = {}
        self._asked = BatchFilter.ALL
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.head = PageHead(spoken("batches.title"))
        self.export = KeycapButton(spoken("batch_master.export"), icon="download")
        self.head.add_action(self.export)
        self.export.hide()
        self.words = SearchInput(spoken("batches.search"))
        self.words.setAccessibleName(say("batches.search"))
        self.words.setMinimumWidth(200)
        self.filters = FilterChips(_choices({}), name=spoken("batches.column.state"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.filters)
        self.table = DataTable(
            batch_columns(),
            two_lines=True,
            look=batch_look,
            name=spoken("batches.title"),
            empty=spoken("batches.empty"),
        )
        surface = Surface()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(surface, 1)
        self.words.searched.connect(self.searched)
        self.words.entered.connect(self.table.setFocus)
        self.filters.chosen.connect(self.filtered)
        self.table.opened.connect(self._open)

    def _open(self, row: BatchRow) -> None:
        self.opened.emit(row.id)

    def show_rows(self, rows: Sequence[BatchRow]) -> None:
        self.table.set_rows(rows)
        self._say_count()

    def show_counts(self, counts: Mapping[BatchFilter, int]) -> None:
        self._counts = dict(counts)
        self.filters.set_choices(self._choices())
        self._say_count()

    def _say_count(self) -> None:
        self.export.setVisible(self.filters.current() == BatchFilter.GAPS.value)
        """How many rows are shown, of how many where the list was cut off."""
        shown = len(self.table.rows)
        whole = 0 if self.words.text().strip() else self._counts.get(BatchFilter(self.filters.current()), 0)
        key = "batches.count_of" if whole > shown else "batches.count"
        self.head.set_title(spoken("batches.title"), say(key, count=shown, whole=whole))

    def set_words(self, words: str) -> None:
        self.words.setText(words)

    def choose_filter(self, key: str) -> None:
        """A filter without a chip of its own, such as the workbench may ask for, has one while it holds."""
        self._asked = BatchFilter(key)
        self.filters.set_choices(self._choices())
        self.filters.choose(key)

    def _choices(self) -> list[Choice]:
        shown = SHOWN_FILTERS if self._asked in SHOWN_FILTERS else (*SHOWN_FILTERS, self._asked)
        return _choices(self._counts, shown)

    def retranslate(self) -> None:
        self.words.setAccessibleName(say("batches.search"))
        self.show_rows(self.table.rows)


def _choices(counts: Mapping[BatchFilter, int], shown: Sequence[BatchFilter] = SHOWN_FILTERS) -> list[Choice]:
    return [Choice(show.value, lambda show=show: word(show), counts.get(show)) for show in shown]
