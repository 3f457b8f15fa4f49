"""Decides for the files of a batch: which there are, who may add one, and a verified copy to look at. No widget."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.statuses.requisition import AttachmentKind
from app.queries.attachments import attachments
from app.queries.reader import Reader
from app.services.attaching import Attached, AttachingService, may_attach
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat


class FilesPresenter(Presenter):
    """The batch whose card is open, if one is."""

    topics = frozenset({Topic.STOCK})
    files_changed = Signal(tuple)
    """``AttachmentRow`` of the batch, the first added first."""
    attached = Signal(str)
    """The name of the new file."""
    copied = Signal(object)
    """The ``Path`` of a copy whose hash was the one on record."""

    def __init__(
        self,
        reader: Reader,
        attaching: AttachingService,
        seat: Seat,
        background: Background,
        papers: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._attaching, self._seat, self._papers = reader, attaching, seat, papers
        self._batch_id: int | None = None

    @property
    def may_add(self) -> bool:
        """Whether the person here adds files to batches."""
        return self._seat.is_taken and may_attach(self._seat.actor)

    def show(self, batch_id: int | None) -> None:
        """Load the files of this batch; None forgets it."""
        if batch_id != self._batch_id:
            self.files_changed.emit(())
        self._batch_id = batch_id
        self.reload()

    @Slot()
    def reload(self) -> None:
        batch_id = self._batch_id
        if batch_id is not None:
            self._load(lambda: self._reader.fetch(attachments, batch_id), self.files_changed.emit, "files")

    def attach(self, path: Path, kind: AttachmentKind) -> None:
        """Keep a file with the batch that is shown."""
        batch_id, actor = self._batch_id, self._seat.actor
        if batch_id is None:
            return

        def done(attached: Attached) -> None:
            self.attached.emit(attached.name)
            self.reload()

        self._act(lambda: self._attaching.attach_file(actor=actor, batch_id=batch_id, kind=kind, path=path), done)

    def copy(self, attachment_id: int) -> None:
        """A verified copy into the folder for papers."""
        papers = self._papers
        self._load(lambda: self._attaching.save(attachment_id, papers), self.copied.emit, "copy")
