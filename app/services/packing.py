"""The evidence pack of a case: what an inspector takes along, and a verifier that needs nothing but Python.

Papers as they were made, notice, scope, ledger and diary as tables, the audit trail from the last seal before the case
on. Entries about other things are bare links of the chain: their hash and the one before it, no content. Visit numbers
and lists of patients are never in it.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFoundError
from app.core.places import resources
from app.interchange.safe_cells import csv_bytes
from app.models.database import Database
from app.models.persons import Person
from app.models.places import Location
from app.models.proof import AuditEntry, AuditSeal
from app.models.recalls import CaseEntry, Document, RecallCase, ScopeLine
from app.models.stock import Batch, Movement
from app.queries.impact import in_case
from app.queries.news import OriginalRow, original_bytes, original_of
from app.services.auditing import last_seal
from app.services.keeping import BackupThereError, FolderError

SHOWN = frozenset(
    {"recall_case", "case_entry", "recall_clause", "scope_line", "scope_change", "department_task", "task_line"}
    | {"lot_lock", "lock_lift", "movement", "batch", "signature", "document", "return_shipment"}
)
"""Tables whose changes an inspector reads; of the others, patients' and persons' among them, only the links."""
LONGEST_NAME = 80
_STILL = (1980, 1, 1, 0, 0, 0)
_FACTS = (
    *("number", "kind", "recall_class", "treatment", "title", "manufacturer", "hazard", "notice_hash"),
    *("notice_received_at", "state", "registered_at", "approved_at", "launched_at", "review_at", "closed_at"),
    *("snapshot_hash", "assessed_at", "assessed_count", "root_cause", "lessons"),
)
_WHO = ("registered_by", "approved_by", "launched_by", "review_by", "closed_by")


@dataclass(frozen=True, slots=True)
class Pack:
    """Where it lies, the SHA-256 of the whole (kept beside it too), and how many files and entries it holds."""

    path: str
    case: str
    files: int
    entries: int
    sha256: str
    seal: str


def pack(database: Database, number: str, path: Path) -> Pack:
    """The pack of one moment. Raises NotFoundError, BackupThereError, FolderError."""
    beside = path.with_name(path.name + ".sha256")
    if path.exists() or beside.exists():
        raise BackupThereError(path=str(path))
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with database.at_one_moment() as session:
            case = session.scalar(select(RecallCase).where(RecallCase.number == number.strip()))
            if case is None:
                raise NotFoundError
            files, entries, seal = _files(session, case)
        _zip(part, files)
        digest = hashlib.sha256(part.read_bytes()).hexdigest()
        beside.write_text(f"{digest}  {path.name}\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise FolderError(path=str(path.parent), reason=str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Pack(str(path), number.strip(), len(files), entries, digest, seal)


def _files(session: Session, case: RecallCase) -> tuple[dict[str, bytes], int, str]:
    anchor = _anchor(session, case)
    anchors = (
        {str(person): [sequence, its_hash] for person, sequence, its_hash in json.loads(anchor.heads)} if anchor else {}
    )
    trail = [_json_line(entry) for entry in _entries(session, anchors)]
    newest = last_seal(session)
    seal = f"{newest.n} {newest.hash}" if newest else ""
    files = {
        "case.json": _json(_case(session, case)),
        "notice.txt": case.notice_text.encode(),
        "scope.csv": csv_bytes(_SCOPE, _scope(session, case.id)),
        "movements.csv": csv_bytes(_MOVED, _moved(session, case.id)),
        "diary.csv": csv_bytes(_DIARY, _diary(session, case.id)),
        "audit.jsonl": b"".join(trail),
        "seals.json": _json(_seals(session, anchor)),
        "verify.py": (resources() / "verify" / "verify.py").read_bytes(),
        **dict(_papers(session, case.id)),
        **{_original_name(row): original_bytes(session, row.id) for row in original_of(session, case.id)},
    }
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest: dict[str, Any] = {"case": case.number, "seal": seal, "anchors": anchors, "files": listed, "itself": ""}
    plain = json.dumps(manifest, sort_keys=True, ensure_ascii=False).encode()
    files["manifest.json"] = _json(manifest | {"itself": hashlib.sha256(plain).hexdigest()})
    return files, len(trail), seal


def _original_name(row: OriginalRow) -> str:
    """A name that every system can write, led by the number that keeps two files of one name apart."""
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in row.file_name)
    return f"originals/{row.id}-{kept.lstrip('.')[:LONGEST_NAME] or 'file'}"


def _zip(part: Path, files: dict[str, bytes]) -> None:
    """The same files make the same bytes."""
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _STILL), files[name], zipfile.ZIP_DEFLATED)


def _json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


# ---- the record ------------------------------------------------------------------------------------


def _anchor(session: Session, case: RecallCase) -> AuditSeal | None:
    """The last seal before the case began; without one the chains are given from their beginning."""
    before = select(AuditSeal).where(AuditSeal.at < case.registered_at).order_by(AuditSeal.n.desc()).limit(1)
    return session.scalar(before)


def _entries(session: Session, anchors: dict[str, list[Any]]) -> Iterator[AuditEntry]:
    query = select(AuditEntry).order_by(AuditEntry.person_id, AuditEntry.sequence)
    for entry in session.scalars(query.execution_options(yield_per=2_000)):
        if entry.sequence > anchors.get(str(entry.person_id), (0, ""))[0]:
            yield entry


def _json_line(entry: AuditEntry) -> bytes:
    told: dict[str, Any] = {"person": entry.person_id, "sequence": entry.sequence, "previous": entry.previous}
    told["hash"] = entry.hash
    if entry.table_name in SHOWN:
        told |= {"at": entry.at, "table": entry.table_name, "row": entry.row_id, "action": entry.action}
        told |= {"before": entry.before, "after": entry.after}
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def _seals(session: Session, anchor: AuditSeal | None) -> list[dict[str, Any]]:
    query = select(AuditSeal).where(AuditSeal.n >= (anchor.n if anchor else 0)).order_by(AuditSeal.n)
    return [{"n": one.n, "heads": one.heads, "hash": one.hash} for one in session.scalars(query)]


# ---- the case ----------------------------------------------------------------------------------------


def _case(session: Session, case: RecallCase) -> dict[str, str]:
    told = {fact: _said(getattr(case, fact)) for fact in _FACTS}
    for who in _WHO:
        person = session.get(Person, getattr(case, who) or 0)
        told[who] = person.login if person else ""
    return told


def _said(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(getattr(value, "value", value))


_SCOPE = ("batch", "lot", "verdict", "received", "because", "decided_by", "decided_reason")
_MOVED = (
    *("line", "at", "kind", "batch", "lot", "from", "from_state", "to", "to_state", "quantity"),
    *("document", "by", "reason"),
)
_DIARY = ("at", "act", "by", "second", "quantity", "document", "note")


def _scope(session: Session, case_id: int) -> Iterator[list[str]]:
    query = (
        select(Batch.receipt_no, Batch.lot_no, ScopeLine.verdict, ScopeLine.quantity, ScopeLine.because, Person.login,
               ScopeLine.decided_reason)
        .join(Batch, Batch.id == ScopeLine.batch_id)
        .outerjoin(Person, Person.id == ScopeLine.decided_by)
        .where(ScopeLine.case_id == case_id)
        .order_by(ScopeLine.id)
    )  # fmt: skip
    for row in session.execute(query):
        yield [_said(value) for value in row]


def _moved(session: Session, case_id: int) -> Iterator[list[str]]:
    source, target = aliased(Location), aliased(Location)
    query = (
        select(Movement.id, Movement.recorded_at, Movement.kind, Batch.receipt_no, Batch.lot_no, source.code,
               Movement.source_state, target.code, Movement.target_state, Movement.quantity, Movement.document_no,
               Person.login, Movement.reason)
        .join(Batch, Batch.id == Movement.batch_id)
        .outerjoin(source, source.id == Movement.source_id)
        .outerjoin(target, target.id == Movement.target_id)
        .join(Person, Person.id == Movement.actor_id)
        .where(Movement.batch_id.in_(in_case(case_id)))
        .order_by(Movement.id)
    )  # fmt: skip
    for row in session.execute(query):
        yield [_said(value) for value in row]


def _diary(session: Session, case_id: int) -> Iterator[list[str]]:
    second = aliased(Person)
    query = (
        select(CaseEntry.at, CaseEntry.act, Person.login, second.login, CaseEntry.quantity, CaseEntry.document_no,
               CaseEntry.note)
        .join(Person, Person.id == CaseEntry.person_id)
        .outerjoin(second, second.id == CaseEntry.second_person_id)
        .where(CaseEntry.case_id == case_id)
        .order_by(CaseEntry.id)
    )  # fmt: skip
    for row in session.execute(query):
        yield [_said(value) for value in row]


def _papers(session: Session, case_id: int) -> Iterator[tuple[str, bytes]]:
    """Of the case, and of its batches where they name no other case."""
    batches = in_case(case_id)
    own = or_(Document.case_id == case_id, (Document.case_id.is_(None)) & Document.batch_id.in_(batches))
    for paper in session.scalars(select(Document).where(own).order_by(Document.id)):
        yield f"papers/{paper.number}.pdf", paper.content
