"""Where a person's roles hold: sites and their places to tick; nothing ticked is the whole hospital."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.core.scopes import Scope
from app.queries.locations import LocationRow
from app.ui.language import language, spoken
from app.ui.widgets.card import clear
from app.ui.widgets.labels import muted

INDENT = "    "


class ScopeBoxes(QWidget):
    """One box a site, one a place under it; what was ticked survives a reload and a language switch."""

    def __init__(self) -> None:
        super().__init__()
        self.sites: dict[int, QCheckBox] = {}
        self.places: dict[int, QCheckBox] = {}
        self._rows: list[LocationRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(muted(spoken("settings.scope")))
        column.addWidget(muted(spoken("settings.scope_note"), wrap=True))
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(4)
        column.addLayout(self._boxes)

    def set_places(self, rows: Sequence[LocationRow]) -> None:
        kept, may = self.scope(), self._may()
        self._rows = sorted(rows, key=lambda row: row.site_id)
        clear(self._boxes)
        self.sites, self.places = {}, {}
        for row in self._rows:
            if row.site_id not in self.sites:
                self.sites[row.site_id] = self._box(row.site.said_in(language()))
            self.places[row.id] = self._box(INDENT + row.name.said_in(language()))
        self.show_scope(kept, may=may)

    def scope(self) -> Scope:
        """What is ticked."""
        return Scope(
            frozenset(key for key, box in self.sites.items() if box.isChecked()),
            frozenset(key for key, box in self.places.items() if box.isChecked()),
        )

    def show_scope(self, scope: Scope, *, may: bool) -> None:
        for boxes, ticked in ((self.sites, scope.sites), (self.places, scope.places)):
            for key, box in boxes.items():
                box.setChecked(key in ticked)
                box.setEnabled(may)

    def _may(self) -> bool:
        return any(box.isEnabled() for box in self.places.values())

    def _box(self, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setAccessibleName(words.strip())
        self._boxes.addWidget(box)
        return box
