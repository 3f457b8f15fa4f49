"""Workstations: which there are, where they stand, which listen; and what IT does on the server for a new one."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from app.core.errors import AppError
from app.core.words import describe
from app.queries.locations import LocationRow
from app.queries.workstations import StationRow, StationSight
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.settings.stations_presenter import StationsPresenter
from app.ui.presented_view import PresentedView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, SidePane
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import ComboField, Option, TextField
from app.ui.widgets.labels import Label, Rule, muted, title
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

PANE = 380
NO_PLACE = "-"


class StationsTab(PresentedView):
    """What is typed is kept; ending asks for a second press, since an ended workstation stays ended."""

    def __init__(self, presenter: StationsPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._sight: StationSight | None = None
        self._chosen: StationRow | None = None
        self._is_sure = False
        self._awaited = ""
        self._places: list[LocationRow] = []
        self.table = DataTable(
            self._columns(),
            two_lines=True,
            in_card=True,
            key=lambda row: row.id,
            name=spoken("settings.tab.stations"),
            empty=spoken("stations.none"),
        )
        self.name = TextField(
            spoken("stations.name"), placeholder="icu-1", hint=spoken("stations.name_hint"), mono=True
        )
        self.place = ComboField(spoken("stations.place"))
        self.add = KeycapButton(spoken("stations.add"), kind="primary", icon="plus")
        self.message = Label("", "muted", wrap=True)
        self.heading = title(spoken("stations.next"))
        self.steps = Label("", "text", wrap=True)
        self.lines = Label("", "text", 9.0, mono=True, wrap=True)
        self.new_place = ComboField(spoken("stations.new_place"))
        self.change_place = KeycapButton(spoken("stations.move"), icon="pin")
        self.end = KeycapButton(spoken("stations.end"), icon="ban")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        card = Card(spoken("settings.tab.stations"), spoken("stations.note"), flush=True)
        card.add(self.table, 1)
        row.addWidget(card, 1)
        pane = SidePane(PANE)
        pane.add(title(spoken("stations.new")))
        for widget in (self.name, self.place, self.add, self.message, Rule(), self.new_place, self.change_place):
            pane.add(widget)
        for widget in (Rule(), self.heading, self.steps, self.lines):
            pane.add(widget)
        pane.add(muted(spoken("stations.guide"), wrap=True))
        pane.body.addStretch(1)
        pane.add_foot(self.end)
        row.addWidget(pane)

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.add.clicked.connect(self._add)
        self.change_place.clicked.connect(self._move)
        self.end.clicked.connect(self._end)
        self._presenter.sight_changed.connect(self.show_sight)
        self._presenter.places_changed.connect(self._show_places)
        self._presenter.added.connect(self._added)
        self._presenter.moved.connect(partial(self._said, "stations.moved"))
        self._presenter.ended.connect(self._ended)
        self._presenter.refused.connect(self._refused)

    # shown ------------------------------------------------------------------------
    def show_sight(self, sight: StationSight) -> None:
        """The list; who may not change it is told whom to ask."""
        self._sight = sight
        self.table.set_rows(list(sight.rows))
        may = self._presenter.may_change
        for control in (self.name, self.place, self.add):
            control.setEnabled(may)
        if not may:
            self.message.set_ink("muted")
            self.message.set_text(spoken("stations.only_it"))
        chosen = self._chosen.id if self._chosen else None
        self._choose(next((row for row in sight.rows if row.id == chosen), next(iter(sight.rows), None)))
        self._show_awaited()

    def _show_awaited(self) -> None:
        """What was just added is opened as soon as the list has it."""
        rows = self._sight.rows if self._sight else ()
        found = next((row for row in rows if row.name == self._awaited), None)
        if found is not None:
            self._awaited = ""
            self._choose(found)

    def _show_places(self, rows: list[LocationRow]) -> None:
        self._places = rows
        everywhere = Option(NO_PLACE, say("stations.no_place"))
        said = [Option(str(row.id), f"{row.name.said_in(language())} · {row.site.said_in(language())}") for row in rows]
        for field in (self.place, self.new_place):
            field.set_options([everywhere, *said])
        if not self.new_place.value():
            self._show_new_place()

    def _show_new_place(self) -> None:
        """Where the chosen one stands, until somebody picks another place."""
        row = self._chosen
        may = self._presenter.may_change and row is not None and row.is_active
        self.new_place.setEnabled(may)
        self.change_place.setEnabled(may)
        if row is not None:
            self.new_place.set_value(str(row.location_id or NO_PLACE))

    def _choose(self, row: StationRow | None) -> None:
        before = self._chosen
        is_as_before = (
            before is not None and row is not None and (before.id, before.location_id) == (row.id, row.location_id)
        )
        self._chosen, self._is_sure = row, False
        if not is_as_before:
            self._show_new_place()
        self.end.setEnabled(self._presenter.may_change and row is not None and row.is_active)
        self.end.set_text(spoken("stations.end"))
        self._tell_steps()

    def _tell_steps(self) -> None:
        """What is left to do on the server and on the PC, with the very words to type."""
        sight, row = self._sight, self._chosen
        is_open = sight is not None and row is not None and row.is_active
        self.heading.setVisible(is_open)
        self.lines.set_text("")
        if sight is None or row is None:
            self.steps.set_text("")
        elif not row.is_active:
            self.steps.set_text(say("stations.is_ended", name=row.name))
        elif not sight.has_logins:
            self.steps.set_text(say("stations.no_server"))
        else:
            login = sight.prefix + row.name
            self.steps.set_text(say("stations.steps", name=row.name, login=login, installation=sight.installation))
            self.lines.set_text(_settings_lines(row))

    def retranslate(self) -> None:
        self._show_places(self._places)
        if self._sight is not None:
            self._tell_steps()

    # done -------------------------------------------------------------------------
    def _add(self) -> None:
        self.name.set_error("")
        if not self.name.value() or not self.place.value():
            field = self.place if self.name.value() else self.name
            field.set_error(spoken("stations.missing_place" if self.name.value() else "stations.missing_name"))
            field.setFocus()
            return
        self.place.set_error("")
        place = self.place.value()
        self._presenter.add(self.name.value(), None if place == NO_PLACE else int(place))

    def _move(self) -> None:
        row, place = self._chosen, self.new_place.value()
        if row is not None and place:
            self._presenter.move(row.id, None if place == NO_PLACE else int(place))

    def _end(self) -> None:
        """The first press asks, the second does it."""
        row = self._chosen
        if row is None:
            return
        if not self._is_sure:
            self._is_sure = True
            self.end.set_text(lambda: say("stations.end_sure", name=row.name))
            return
        self._is_sure = False
        self._presenter.end(row.id)

    def _added(self, name: str) -> None:
        self.name.set_value("")
        self._awaited = name
        self._show_awaited()
        self._said("stations.added", name)

    def _ended(self, name: str) -> None:
        self._said("stations.ended", name)

    def _said(self, key: str, name: str) -> None:
        self.message.set_ink("ok")
        self.message.set_text(lambda: say(key, name=name))

    def _refused(self, error: AppError) -> None:
        self.message.set_ink("stop")
        self.message.set_text(lambda: describe(error, language()))

    # columns ----------------------------------------------------------------------
    def _columns(self) -> list[Column[StationRow]]:
        return [
            Column(
                spoken("stations.name"),
                lambda row: row.name,
                cell=lambda row: Cell(row.name, _added_words(row), is_mono=True),
                stretch=3,
            ),
            Column(
                spoken("stations.place"),
                lambda row: row.place.said_in(language()) if row.place else "",
                cell=lambda row: Cell(
                    row.place.said_in(language()) if row.place else say("stations.no_place"),
                    row.site.said_in(language()) if row.site else "",
                ),
                stretch=2,
            ),
            Column(spoken("stations.seen"), self._seen_key, cell=self._seen, width=230),
        ]

    def _seen_key(self, row: StationRow) -> str:
        return row.here_since.isoformat() if row.here_since else ""

    def _seen(self, row: StationRow) -> Cell:
        if not row.is_active:
            return Cell(chip=ChipLook(say("stations.state_ended"), "spent", "ban"))
        if row.here_since is not None:
            since = say("stations.state_here", at=formats.moment(row.here_since))
            return Cell(chip=ChipLook(since, "ok", "check-circle"))
        if self._sight is not None and self._sight.knows_here:
            return Cell(chip=ChipLook(say("stations.state_silent"), "attention", "network-off"))
        return Cell(chip=ChipLook(say("stations.state_open"), "plain", "circle"))


def _added_words(row: StationRow) -> str:
    by = row.added_by.said_in(language()) if row.added_by else say("stations.by_installation")
    return say("stations.added_by", person=by, at=formats.moment(row.added_at))


def _settings_lines(row: StationRow) -> str:
    """For the PC's ``workstation.json``."""
    lines = [f'"workstation_login": "{row.name}"', f'"workstation_cert": "{row.name}.crt"']
    lines.append(f'"workstation_key": "{row.name}.key"')
    if row.location_id is not None:
        lines.append(f'"place_id": {row.location_id}')
    return "\n".join(lines)
