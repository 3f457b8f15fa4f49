"""A whole desk over a small hospital, as the bootstrap builds it, with persons who can sign in."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication

from app import bootstrap
from app.core.permissions import Role
from app.core.settings import WorkstationFile
from app.services.signing_in import actor_of, hash_password
from app.ui.background import Background
from app.ui.shell.desk import Desk
from tests.builders import Hospital, small_hospital

PASSWORD = "Right-Horse-9"


@cache
def password_hash() -> str:
    return hash_password(PASSWORD)


@dataclass
class Stage:
    """A desk, what is behind it, and how to wait for it."""

    hospital: Hospital
    desk: Desk
    background: Background
    workstation: WorkstationFile

    def settle(self) -> None:
        """Until every answer has been shown."""
        for _ in range(100):
            self.background.wait()
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
            if not self.background.is_busy():
                return

    def enter(self, login: str) -> None:
        with self.hospital.database.reading() as session:
            actor = actor_of(session, self.hospital.persons[login])
        self.desk.enter(actor, actor.location_id)
        self.settle()

    def close(self) -> None:
        self.desk.leave()
        self.settle()
        self.desk.close()
        self.desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete


def open_stage(database, folder, qapp, *, rings: bool = False) -> Stage:
    """``rings``: the alarm comes as in a hospital; other tests have work to do in spite of open recalls."""
    hospital = small_hospital(database)
    for role in Role:
        hospital.person(f"the_{role.value}", role, place="icu", password_hash=password_hash())
    workstation = WorkstationFile(folder / "workstation.json")
    desk, background = bootstrap.build_desk(database, workstation)
    if not rings:
        desk.alarm.watch.stop()
    desk.start()
    stage = Stage(hospital, desk, background, workstation)
    stage.settle()
    return stage
