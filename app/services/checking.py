"""Whether the database is as it should be: shape, wall, chains, balances."""

from dataclasses import dataclass

from app.models.database import Database
from app.services.auditing import Mismatch, verify
from app.services.upgrading import check


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found: the revision, changed protection rules, and what the audit trail contradicts."""

    found: str
    newest: str
    entries: int
    chains: int
    wall: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def is_sound(self) -> bool:
        return self.found == self.newest and not self.wall and not self.mismatches


class CheckingService:
    """Reads only; may take a while on a large ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> Soundness:
        """Shape and wall first, then every chain, row image, balance and seal."""
        shape = check(self._database)
        told = verify(self._database)
        return Soundness(
            shape.found or "-", shape.newest, told.entries, told.chains, shape.differences, told.mismatches
        )
