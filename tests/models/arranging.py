"""Goods in every place and state at once, loaded as history, so that a test can lock them and try to move them."""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Integer

from app.core.permissions import Role
from app.core.shown import digest, shown_text
from app.models.everything import METADATA
from tests.builders import Hospital
from tests.models.prompt import Prompt


def insert(table: str, **given: str) -> str:
    """An INSERT of one row; columns that are not ``given`` (SQL text by name) are empty: NULL, 0, false or ''."""
    columns = {
        column.name: _empty(column)
        for column in METADATA.tables[table].columns
        if not (column.primary_key and column.autoincrement is not False)
    } | given
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(columns.values())})"


def _empty(column: Any) -> str:
    if column.nullable:
        return "NULL"
    if isinstance(column.type, Boolean):
        return "false"
    return "0" if isinstance(column.type, Integer) else "''"


def _named(names: str) -> dict[str, str]:
    return {name: f":{name}" for name in names.split()}


LINE = """op_id line_no kind batch_id quantity source_id source_state target_id target_state outcome document_no case_id
  reverses_id despite_lock reason actor_id second_person_id acted_at recorded_at"""
MOVEMENT = insert("movement", **_named(LINE)) + " RETURNING id"
BATCH = (
    insert(
        "batch",
        **_named("product_id supplier_id receipt_no expiry_on received_at"),
        lot_no=":lot",
        lot_key=":lot",
        inspection="'pending'",
    )
    + " RETURNING id"
)
LOCK = (
    insert("lot_lock", **_named("product_id lot_key layer case_id locked_by locked_at"), reason="'test'")
    + " RETURNING id"
)
SIGNATURE = insert(
    "signature",
    **_named("op_id person_id signed_at"),
    meaning="'second'",
    content="'second'",
    content_hash=f"'{digest('second')}'",
)
SIGNED_OVER = insert("signature", **_named("op_id person_id meaning content content_hash signed_at"))
LIFT = insert("lock_lift", **_named("lock_id op_id reason lifted_by second_person_id lifted_at"))
CASE = (
    insert(
        "recall_case",
        **_named("number state registered_by approved_by"),
        kind="'voluntary'",
        recall_class="'II'",
        treatment="'retrieve'",
        title="'Test recall'",
        notice_text="'notice'",
        notice_hash="'-'",
        notice_received_at=":at",
        registered_at=":at",
        approved_at=":at",
        version="1",
    )
    + " RETURNING id"
)


class Desk:
    """Types at a prompt what a department does; every answer is the wall's own."""

    def __init__(self, hospital: Hospital) -> None:
        self.hospital = hospital
        hospital.also("keeper", Role.DEPT_LIAISON)  # what is tried here is not whose duty a movement is
        self.prompt = Prompt(hospital.database, hospital.persons["keeper"])
        self._number = 0

    @property
    def now(self) -> Any:
        moment = self.hospital.database.clock()
        return moment.replace(tzinfo=None).isoformat(sep=" ") + ".000000" if self.prompt.is_sqlite else moment

    def number(self, prefix: str = "N") -> str:
        self._number += 1
        return f"{prefix}{self._number:05d}"

    def loading(self, is_on: bool) -> None:
        self.prompt.run("UPDATE schema_info SET loading = :loading", loading=is_on)

    def movement(self, kind: str, batch: int, quantity: int, source: str, target: str, **more: Any) -> dict[str, Any]:
        """Values of one line; shelves are written ``place.state``, ``""`` is outside the hospital."""
        values: dict[str, Any] = {
            "op_id": self.number("OP"),
            "line_no": 1,
            "kind": kind,
            "batch_id": batch,
            "quantity": quantity,
            "outcome": None,
            "document_no": "T-1",
            "case_id": None,
            "reverses_id": None,
            "despite_lock": kind == "use",
            "reason": "",
            "actor_id": self.hospital.persons["keeper"],
            "second_person_id": None,
            "acted_at": self.now,
            "recorded_at": self.now,
        }
        for end, shelf in (("source", source), ("target", target)):
            place, _, state = shelf.partition(".")
            values[f"{end}_id"] = self.hospital.places[place] if shelf else None
            values[f"{end}_state"] = state or None
        return values | more

    def post(self, kind: str, batch: int, quantity: int, source: str, target: str, **more: Any) -> int:
        """One line; an inspection is signed first by who is at the prompt."""
        values = self.movement(kind, batch, quantity, source, target, **more)
        if kind == "inspection":
            meaning = "inspection_release" if values["outcome"] == "released" else "inspection_reject"
            self.prompt.run(SIGNED_OVER, **self.signature(values["op_id"], values["actor_id"], meaning))
        return self.prompt.one(MOVEMENT, **values)

    def signature(self, op_id: str, person_id: int, meaning: str, content: str = "") -> dict[str, Any]:
        content = content or shown_text(meaning)
        shown = {"meaning": meaning, "content": content, "content_hash": digest(content)}
        return {"op_id": op_id, "person_id": person_id, "signed_at": self.now} | shown

    def batch(self, lot: str, product: str = "CVC", expiry: date | None = date(2099, 12, 31)) -> int:
        return self.prompt.one(
            BATCH,
            product_id=self.hospital.products[product],
            lot=lot,
            expiry_on=expiry.isoformat() if expiry and self.prompt.is_sqlite else expiry,
            supplier_id=self.hospital.suppliers["supplier"],
            receipt_no=self.number("RK"),
            received_at=self.now,
        )

    def lock(self, layer: str, lot: str | None, *, case_id: int | None = None, product: str = "CVC") -> int:
        by = self.hospital.persons["coordinator"]
        with self.acting("coordinator"):
            return self.prompt.one(
                LOCK,
                product_id=self.hospital.products[product],
                lot_key=lot,
                layer=layer,
                case_id=case_id,
                locked_by=by,
                locked_at=self.now,
            )

    def lift(self, lock_id: int, by: str = "keeper", second: str = "boss") -> str:
        """Lift a lock with both signatures; the refusal, or nothing."""
        op_id = self.sign(second)
        persons = self.hospital.persons
        with self.acting(by):
            return self.prompt.refusal(
                LIFT,
                lock_id=lock_id,
                op_id=op_id,
                reason="test",
                lifted_by=persons[by],
                second_person_id=persons[second],
                lifted_at=self.now,
            )

    def sign(self, by: str, op_id: str = "") -> str:
        op_id = op_id or self.number("OP")
        with self.acting(by):
            self.prompt.run(SIGNATURE, op_id=op_id, person_id=self.hospital.persons[by], signed_at=self.now)
        return op_id

    def sign_over(self, by: str, case_id: int, meaning: str) -> str:
        """Signs what ends or begins a recall, over this case."""
        values = self.signature_over(by, case_id, meaning)
        with self.acting(by):
            self.prompt.run(SIGNED_OVER, **values)
        return values["op_id"]

    def signature_over(self, by: str, case_id: int, meaning: str) -> dict[str, Any]:
        number = self.prompt.one("SELECT number FROM recall_case WHERE id = :id", id=case_id)
        content = shown_text(meaning, [("case", number)])
        return self.signature(self.number("OP"), self.hospital.persons[by], meaning, content)

    def case(self, state: str = "active", approved_by: str | None = "boss") -> int:
        """A case as history: only while loading may it start anywhere but at the beginning."""
        persons = self.hospital.persons
        return self.prompt.one(
            CASE,
            number=self.number("RC"),
            state=state,
            registered_by=persons["coordinator"],
            approved_by=persons[approved_by] if approved_by else None,
            at=self.now,
        )

    def acting(self, by: str | None):
        return _Acting(self.prompt, self.hospital.persons[by] if by else None)


class _Acting:
    """For a few lines, somebody else is at the prompt."""

    def __init__(self, prompt: Prompt, actor: int | None) -> None:
        self._prompt, self._actor, self._before = prompt, actor, prompt.actor

    def __enter__(self) -> None:
        self._prompt.act_as(self._actor)

    def __exit__(self, *_: object) -> None:
        self._prompt.act_as(self._before)
