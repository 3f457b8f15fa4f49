"""The files of a batch at the right of its card: each opens as a verified copy; persons who may add others."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.core.batch_master import master_rules
from app.core.errors import AppError
from app.core.statuses.requisition import AttachmentKind
from app.core.words import describe
from app.queries.attachments import AttachmentRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.batches.files_presenter import FilesPresenter
from app.ui.pages.batches.forms import WIDTH
from app.ui.widgets.attachment_row import PATTERN
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane
from app.ui.widgets.fields import ComboField, Option
from app.ui.widgets.labels import Label, LinkButton, Rule, muted
from app.ui.words import word

ORDER = (
    AttachmentKind.DELIVERY_NOTE,
    AttachmentKind.INVOICE,
    AttachmentKind.CERTIFICATE,
    AttachmentKind.CONFORMITY,
    AttachmentKind.PHOTO,
    AttachmentKind.OTHER,
)
KIB = 1024


class FilesSide(SidePane):
    """F9 chooses a file of the kind named above it; a refusal stands at the kind and nothing is kept."""

    closed = Signal()
    said = Signal(str, str)

    def __init__(self, presenter: FilesPresenter) -> None:
        super().__init__(WIDTH)
        self._presenter = presenter
        self.files: Sequence[AttachmentRow] = ()
        self.kind = ComboField(
            spoken("batch_files.kind"), [Option(one.value, lambda one=one: word(one)) for one in ORDER]
        )
        self.choose = KeycapButton(spoken("batch_files.choose"), kind="primary", icon="clip", key="F9")
        self.back = KeycapButton(spoken("batches.form.close"), cap="Esc")
        self._links: list[LinkButton] = []
        self.add_foot(self.choose)
        self.add_foot(self.back)
        self.choose.clicked.connect(self._choose)
        self.back.clicked.connect(self.closed)
        presenter.files_changed.connect(self._show)
        presenter.attached.connect(self._say_attached)
        presenter.copied.connect(self._open_copy)
        presenter.failed.connect(self._refuse)
        self._fill()
        self.hide()

    def open(self, kind: AttachmentKind = AttachmentKind.DELIVERY_NOTE) -> None:
        """Show the files, ready to add one of this kind."""
        self.kind.set_value(kind.value)
        self.kind.set_error("")
        self.choose.setVisible(self._presenter.may_add)
        self.kind.setVisible(self._presenter.may_add)
        self.show()
        (self.choose if self._presenter.may_add else self.back).setFocus()

    def links(self) -> list[LinkButton]:
        """One for each file, in the order shown."""
        return self._links

    def _show(self, files: Sequence[AttachmentRow]) -> None:
        self.files = files
        self._fill()

    def _fill(self) -> None:
        self.body.removeWidget(self.kind)
        self.clear()
        self._links = []
        self.add(Label(lambda: say("batch_files.title", count=len(self.files)), "text", theme.HEAD, bold=True))
        if not self.files:
            self.add(muted(spoken("batch_files.none"), wrap=True))
        for file in self.files:
            self._add_file(file)
        self.add(Rule())
        self.add(self.kind)
        self.add(muted(spoken("batch_files.hint"), wrap=True))
        self.add(Rule())
        rule = master_rules().retention
        self.add(
            muted(lambda: f"{rule.words.said_in(language())} {say('batch_master.why', source=rule.source)}", wrap=True)
        )
        self.body.addStretch(1)

    def _add_file(self, file: AttachmentRow) -> None:
        link = LinkButton(file.name, flush=True)
        link.setAccessibleName(say("batch_files.open", name=file.name))
        link.clicked.connect(lambda _=False, key=file.id: self._presenter.copy(key))
        self._links.append(link)
        self.add(link)
        self.add(Label(lambda: _about(file), "muted", theme.SMALL, wrap=True))

    def _choose(self) -> None:
        kind = self.kind.value()
        if not kind:
            self.kind.set_error(spoken("batch_files.kind_missing"))
            self.kind.setFocus()
            return
        self.kind.set_error("")
        path, _filter = QFileDialog.getOpenFileName(self, say("batch_files.choose"), "", PATTERN)
        if path:
            self._presenter.attach(Path(path), AttachmentKind(kind))

    def _say_attached(self, name: str) -> None:
        self.said.emit(say("batch_files.added", name=name), "ok")

    def _open_copy(self, path: Path) -> None:
        self.said.emit(say("batch_files.copied", path=str(path)), "ok")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _refuse(self, error: AppError) -> None:
        if self.isVisible() and self._presenter.may_add:
            self.kind.set_error(lambda: describe(error, language()))
        self.said.emit(describe(error, language()), "stop")

    def retranslate(self) -> None:
        """What was composed in the other language is said again."""
        self._fill()


def _about(file: AttachmentRow) -> str:
    size = f"{max(1, round(file.size / KIB)):,} KB"
    by = file.by.said_in(language())
    return " · ".join((word(file.kind), size, by, formats.moment(file.at)))
