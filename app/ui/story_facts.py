"""What the story asks of the database: where things are, and what must be true at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.clock import Clock
from app.core.statuses.recall import CaseState
from app.queries.batches import BatchRow, find_batches
from app.queries.case_documents import DocumentFile, DocumentRow, case_documents, document_file
from app.queries.case_head import case_head
from app.queries.case_locks import standing_locks
from app.queries.deliveries import suppliers
from app.queries.impact import Impact, impact
from app.queries.locations import locations
from app.queries.orders import open_orders
from app.queries.reader import Reader
from app.queries.recalls import case_rows
from app.queries.tasks import TaskRow, task_board
from app.services.auditing import Seal, last_seal


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """Reads only; every answer is asked anew."""

    reader: Reader
    now: Clock

    def places(self) -> dict[str, int]:
        return {row.code: row.id for row in self.reader.fetch(locations)}

    def newest_case(self) -> int:
        return max(row.id for row in self._ask(lambda session: case_rows(session, self.now())))

    def state(self, case_id: int) -> CaseState:
        return self._ask(lambda session: case_head(session, case_id, self.now())).row.state

    def number(self, case_id: int) -> str:
        return self._ask(lambda session: case_head(session, case_id, self.now())).row.number

    def impact(self, case_id: int) -> Impact:
        return self._ask(lambda session: impact(session, case_id))

    def tasks(self, case_id: int) -> list[TaskRow]:
        return list(self._ask(lambda session: task_board(session, case_id, self.now())).tasks)

    def locked(self, case_id: int) -> int:
        """Lots that the case holds in recall quarantine."""
        return self._ask(lambda session: standing_locks(session, case_id))

    def seal(self) -> Seal | None:
        """The newest seal over the audit trail."""
        return self.reader.fetch(last_seal)

    def supplier(self, code: str) -> int:
        """The id of a supplier by its code."""
        place = next(iter(self.places().values()))
        rows = self._ask(lambda session: suppliers(session, place, self.now()))
        return next(row.id for row in rows if row.code == code)

    def order_no(self, supplier_id: int) -> str:
        """The newest order that the supplier has not delivered yet; empty where there is none."""
        rows = self._ask(lambda session: open_orders(session, supplier_id))
        return max((row.number for row in rows), default="")

    def documents(self, case_id: int) -> list[DocumentRow]:
        return self._ask(lambda session: case_documents(session, case_id))

    def file(self, document_id: int) -> DocumentFile:
        return self._ask(lambda session: document_file(session, document_id))

    def batches(self, lot: str) -> list[BatchRow]:
        return [row for row in self._ask(lambda session: find_batches(session, lot)) if row.lot_no == lot]

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        return self.reader.fetch(question)
