"""Recall cases: the notice, its clauses, the scope, the tasks, the goods on their way back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.statuses.recall import CaseAct, CaseKind, CaseState, RecallClass, TaskState, Treatment
from app.core.statuses.verdict import Verdict
from app.models.base import Base, Code, Moment, Name, Number, enum_column


class RecallCase(Base):
    """One recall, from the notice to the closed file; ``snapshot`` is the scope frozen at launch (JSON text)."""

    __tablename__ = "recall_case"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("approved_by IS NULL OR approved_by <> registered_by", name="approved_by_another"),
        CheckConstraint("closed_by IS NULL OR closed_by <> review_by", name="closed_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    kind: Mapped[CaseKind] = mapped_column(enum_column(CaseKind))
    recall_class: Mapped[RecallClass] = mapped_column(enum_column(RecallClass))
    treatment: Mapped[Treatment] = mapped_column(enum_column(Treatment))
    title: Mapped[Name]
    manufacturer: Mapped[Name]
    hazard: Mapped[str] = mapped_column(String(1000))
    notice_text: Mapped[str] = mapped_column(Text)
    notice_hash: Mapped[Code]
    notice_key: Mapped[Code] = mapped_column(index=True)  # SHA-256 of the text without blanks and case
    notice_no: Mapped[Name]  # the number that the notice gives itself
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("recall_case.id"), index=True)  # what this one expands
    notice_received_at: Mapped[Moment]
    state: Mapped[CaseState] = mapped_column(enum_column(CaseState))
    registered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[Moment]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[Moment | None]
    launched_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    launched_at: Mapped[Moment | None]
    launched_after: Mapped[int | None]  # the last ledger line of the affected batches before the launch
    review_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    review_at: Mapped[Moment | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[Moment | None]
    snapshot: Mapped[str] = mapped_column(Text)
    snapshot_hash: Mapped[Code]
    assessed_at: Mapped[Moment | None]
    assessed_count: Mapped[int]  # batches compared
    assessed_until: Mapped[int]  # the highest batch id compared
    root_cause: Mapped[str] = mapped_column(String(4000))
    lessons: Mapped[str] = mapped_column(String(4000))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)

    def move_to(self, state: CaseState) -> None:
        """Raises TransitionError where the table does not allow it."""
        self.state = self.state.to(state)


class RecallClause(Base):
    """One clause read in the notice or entered by a person; corrected by a new version, never overwritten."""

    __tablename__ = "recall_clause"
    __table_args__ = (
        CheckConstraint(
            "second_by IS NULL OR (confirmed_by IS NOT NULL AND second_by <> confirmed_by AND "
            "(entered_by IS NULL OR second_by <> entered_by))",
            name="second_reader_another",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("recall_case.id"), index=True)
    ordinal: Mapped[int]
    key: Mapped[Code]
    form: Mapped[Code]
    content: Mapped[str] = mapped_column(Text)  # the clause as JSON, see app.queries.case_reading
    quote: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who read a class I notice again
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: read by the program
    news_id: Mapped[int | None] = mapped_column(ForeignKey("news.id"))  # the file that quote and place are of


class ScopeLine(Base):
    """The verdict on one batch, with the clauses that decide it (JSON list of reasons)."""

    __tablename__ = "scope_line"
    __table_args__ = (UniqueConstraint("case_id", "batch_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("recall_case.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    because: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int]  # base units received
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_reason: Mapped[str] = mapped_column(String(400))


class ScopeChange(Base):
    """What a correction of a lot made of one batch after the assessment, and what a person decided of it; append-only.

    With ``supplement_id`` the correction itself: ``before`` and ``after`` are the notice's word on the two spellings.
    Without it the decision of a person on a batch whose present spelling the notice no longer means.
    """

    __tablename__ = "scope_change"
    __table_args__ = (
        CheckConstraint("supplement_id IS NOT NULL OR length(reason) > 0", name="decision_says_why"),
        Index("ix_scope_change_case_id", "case_id", "batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("recall_case.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    supplement_id: Mapped[int | None] = mapped_column(ForeignKey("batch_supplement.id"))
    before: Mapped[Verdict] = mapped_column(enum_column(Verdict, "before"))
    after: Mapped[Verdict] = mapped_column(enum_column(Verdict, "after"))
    reason: Mapped[str] = mapped_column(String(400))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]


class DepartmentTask(Base):
    """One department's task: find, count, put aside, hand over."""

    __tablename__ = "department_task"
    __table_args__ = (
        UniqueConstraint("case_id", "location_id"),
        UniqueConstraint("number"),
        CheckConstraint("found IS NULL OR found >= 0", name="found_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    case_id: Mapped[int] = mapped_column(ForeignKey("recall_case.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState))
    expected: Mapped[int]
    found: Mapped[int | None]
    acknowledge_by: Mapped[Moment]
    done_by: Mapped[Moment]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[Moment | None]
    counted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    counted_at: Mapped[Moment | None]
    finished_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[Moment | None]
    note: Mapped[str] = mapped_column(String(400))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own protocol)

    def move_to(self, state: TaskState) -> None:
        """Raises TransitionError where the table does not allow it."""
        self.state = self.state.to(state)

    def is_overdue(self, now: datetime) -> bool:
        """Late with what comes next: the acknowledgement, then the whole task."""
        if self.state is TaskState.SENT:
            return now > self.acknowledge_by
        return self.finished_at is None and now > self.done_by


class TaskLine(Base):
    """What one department should have of one batch."""

    __tablename__ = "task_line"
    __table_args__ = (UniqueConstraint("task_id", "batch_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("department_task.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    expected: Mapped[int]
    found: Mapped[int | None]
    reason: Mapped[Name]  # why found differs from expected, in the words of the department


class CaseEntry(Base):
    """The case's diary: one line per act of a person, never changed; ``op_id`` keeps an act from happening twice.

    ``task_id``, ``quantity`` and ``document_no`` are filled where the act has one.
    """

    __tablename__ = "case_entry"
    __table_args__ = (UniqueConstraint("op_id"), CheckConstraint("length(op_id) > 0", name="op_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[Code]
    case_id: Mapped[int] = mapped_column(ForeignKey("recall_case.id"), index=True)
    act: Mapped[CaseAct] = mapped_column(enum_column(CaseAct))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("department_task.id"))
    quantity: Mapped[int | None]
    document_no: Mapped[Number]
    note: Mapped[str] = mapped_column(String(1000))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]


class ReturnShipment(Base):
    """Goods handed to a carrier; ``received_at`` when the supplier has confirmed."""

    __tablename__ = "return_shipment"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("length(waybill) > 0", name="waybill_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("recall_case.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    carrier: Mapped[Name]
    waybill: Mapped[Code]
    handed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    handed_at: Mapped[Moment]
    received_at: Mapped[Moment | None]
    received_note: Mapped[Name]


class Document(Base):
    """A paper that was made: its bytes stay, so that what was printed can be printed again."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Number]
    kind: Mapped[Code]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("recall_case.id"), index=True)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    title: Mapped[Name]
    content: Mapped[bytes]
    content_hash: Mapped[Code]
    seal: Mapped[Code]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[Moment]
