"""Which jobs there are, for the agent and for a workstation that stands in for it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.models.database import Database
from app.services.agent.backing_up import KEPT, BackingUp
from app.services.agent.jobs import Job
from app.services.agent.mailing import Mailing
from app.services.agent.reminding import Reminding
from app.services.agent.sealing import Sealing
from app.services.agent.watching import Watching

BACKUP_EVERY = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where ``notices`` are laid, and where copies of the embedded file go, so many of them."""

    notices: Path | None = None
    backups: Path | None = None
    keep: int = KEPT


def jobs_of(database: Database, folders: Folders) -> tuple[Job, ...]:
    """The most urgent first. Without a folder for backups the copies of the embedded file lie beside it."""
    backups = folders.backups or (database.path.absolute().parent / "backups" if database.path else None)
    return (
        Reminding(database.clock),
        Mailing(database.clock),
        Watching(folders.notices, database.clock),
        Sealing(database),
        BackingUp(database.path, backups, database.clock, every=BACKUP_EVERY, keep=folders.keep),
    )


JOBS = ("clocks", "mail", "folder", "seal", "backup")
"""In the order of the screen."""
