"""A hospital with one row of everything that must stand, and the statements that somebody might type against it."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary

from app.core.permissions import Role
from app.models.everything import METADATA
from app.services.auditing import seal
from tests.builders import signed, small_hospital
from tests.models.arranging import Desk, insert
from tests.models.prompt import Prompt, every_row

APPEND_ONLY = (
    "movement", "lot_lock", "lock_lift", "signature", "document", "patient_use", "audit_entry", "audit_seal",
)  # fmt: skip
KEPT_BY_THE_WALL = ("balance", "serial_unit", "batch", "audit_head")
NEVER_DELETED = (*APPEND_ONLY, *KEPT_BY_THE_WALL, "person", "person_role", "recall_case", "schema_info")

SQLITE_MOODS = {
    "as it is": "",
    "recursive triggers off": "PRAGMA recursive_triggers = OFF",
    "keys off": "PRAGMA foreign_keys = OFF",
    "checks off": "PRAGMA ignore_check_constraints = ON",
    "all off": (
        "PRAGMA recursive_triggers = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; "
        "PRAGMA legacy_alter_table = ON"
    ),
}
POSTGRESQL_MOODS = {"as it is": "", "as a replica": "SET session_replication_role = replica"}


class Besieged(Desk):
    """``rows`` is what every table holds; ``one`` of each kind of record by name."""

    def __init__(self, database) -> None:
        super().__init__(small_hospital(database))
        self.ids: dict[str, int] = {}
        persons = self.hospital.persons
        self.hospital.person("gone", Role.STOREKEEPER)
        self.hospital.person("it", Role.IT_ADMIN)
        self.hospital.person("security", Role.SECURITY_ADMIN)
        self.hospital.person("both", Role.STOREKEEPER, Role.QUALITY_INSPECTOR)
        self.hospital.product("PUMP", needs_serial=True)
        with self.acting(None):
            self.prompt.run("UPDATE person SET is_active = false WHERE login = 'gone'")
        self._stock(persons)
        self._recall(persons)
        with self.acting("keeper"):
            self.prompt.run(
                insert("document", number="'WJ-1'", kind="'notice'", made_by=":by", made_at=":at", content_hash="'-'"),
                by=persons["keeper"],
                at=self.now,
            )
        seal(database)
        self.rows = every_row(self.prompt)

    def _stock(self, persons: dict[str, int]) -> None:
        ids = self.ids
        ids["pending"] = self.batch("P1")
        self.post("receipt", ids["pending"], 10, "", "store.in_stock")
        ids["batch"] = self.hospital.batch("CVC", "A1", 50)
        ids["held"] = self.hospital.batch("CVC", "H1", 50)
        ids["pump"] = self.hospital.batch("PUMP", "S1", serials=("SN1", "SN2"))
        with self.acting("nurse"):
            ids["use"] = self.post(
                "use", ids["batch"], 1, "store.in_stock", "store.used", actor_id=persons["nurse"]
            )  # fmt: skip
            self.prompt.run(
                insert("patient_use", movement_id=":id", visit_no="'V-1'", used_at=":at"), id=ids["use"], at=self.now
            )
        ids["both"] = self.batch("B1")
        with self.acting("both"):
            self.post("receipt", ids["both"], 10, "", "store.in_stock", actor_id=persons["both"])
        ids["issue"] = self.post("issue", ids["batch"], 5, "store.in_stock", "icu.par")
        ids["op"] = self.sign("boss")
        ids["own_release"] = signed(self.hospital.database, persons["both"], "inspection_release")
        signed(self.hospital.database, persons["security"], "grant_roles")
        with self.acting("keeper"):
            self.prompt.run(
                insert("stock_count", number="'PD-1'", op_id="'PD'", location_id="1", products="''", state="'review'",
                       started_by=":by", started_at=":at", version="1"),
                by=persons["keeper"], at=self.now,
            )  # fmt: skip
        self.post(
            "stock_loss", ids["batch"], 1, "store.in_stock", "store.unaccounted", op_id=ids["op"], reason="broken",
            second_person_id=persons["boss"],
        )  # fmt: skip
        with self.acting("inspector"):
            ids["inspection"] = self.post(
                "inspection", ids["pending"], 10, "store.in_stock", "store.in_stock", outcome="rejected",
                actor_id=persons["inspector"],
            )  # fmt: skip

        self._leaving(persons)

    def _leaving(self, persons: dict[str, int]) -> None:
        """A kit that is not built yet, with its content, and a draft of a disposal."""
        ids = self.ids
        ids["kit"] = self.batch("K1")
        self.prompt.run(insert("kit_content", kit_batch_id=":kit", batch_id=":batch", quantity="2"), **_pair(ids))
        self.prompt.run(
            insert("departure", number="'XH-1'", kind="'disposal'", state="'draft'", created_by=":by", created_at=":at",
                   version="1"),
            by=persons["keeper"], at=self.now,
        )  # fmt: skip

    def _recall(self, persons: dict[str, int]) -> None:
        self.ids["lifted"] = self.lock("on_hold", "A1")
        assert self.lift(self.ids["lifted"]) == ""
        self.ids["lock"] = self.lock("on_hold", "H1")
        with self.acting("coordinator"):
            for name in ("registered", "active", "reviewed", "closed"):
                self.ids[name] = self.case("registered", approved_by=None)
        for name in ("active", "reviewed", "closed"):
            self.step(name, "coordinator", state="assessing")
            self.sign_over("boss", self.ids[name], "approve_recall")
            self.step(name, "boss", approved_by=persons["boss"])
            self.step(name, "coordinator", state="active", launched_by=persons["coordinator"])
        for name in ("reviewed", "closed"):
            self.step(name, "coordinator", state="reconciling")
            self.step(name, "coordinator", state="closing_review", review_by=persons["coordinator"])
        self.sign_over("boss", self.ids["closed"], "close_recall")
        self.step("closed", "boss", state="closed", closed_by=persons["boss"])
        with self.acting("coordinator"):
            self.prompt.run(
                insert(
                    "department_task", number="'RW-1'", case_id=":case", location_id=":icu", state="'sent'",
                    acknowledge_by=":at", done_by=":at", version="1",
                ),
                case=self.ids["active"], icu=self.hospital.places["icu"], at=self.now,
            )  # fmt: skip

    def step(self, case: str, by: str | None, **values) -> str:
        changed = ", ".join(f"{name} = :{name}" for name in values)
        with self.acting(by):
            return self.prompt.refusal(f"UPDATE recall_case SET {changed} WHERE id = :id", id=self.ids[case], **values)


def _pair(ids: dict[str, int]) -> dict[str, int]:
    return {"kit": ids["kit"], "batch": ids["batch"]}


def other_value(column: Column) -> str:
    """SQL for a value of the column's type that it does not have now."""
    name = f'"{column.name}"'
    if isinstance(column.type, Boolean):
        return f"NOT {name}"
    if isinstance(column.type, Integer):
        return f"coalesce({name}, 0) + 1"
    if isinstance(column.type, Date | DateTime):
        return "'2001-01-01 00:00:00'"
    if isinstance(column.type, LargeBinary):
        return "'\\x00'"
    return f"coalesce({name}, '') || 'x'"


def statements(table: str, *, is_sqlite: bool, is_kept: bool = False) -> list[str]:
    """Every way of rewriting or removing a row of the table that the dialect knows; ``is_kept``: no column changes."""
    columns = list(METADATA.tables[table].columns)
    keys = ", ".join(f'"{column.name}"' for column in METADATA.tables[table].primary_key.columns)
    if is_kept or table in (*APPEND_ONLY, *KEPT_BY_THE_WALL):
        changes = [f'"{column.name}" = {other_value(column)}' for column in columns]
    else:
        changes = []
    found = [f"DELETE FROM {table}", f"DELETE FROM {table} RETURNING *"]
    found += [f"UPDATE {table} SET {change}" for change in changes]
    found += [f"UPDATE {table} SET {change} RETURNING *" for change in changes[-1:]]
    last = changes[-1] if changes else f'"{columns[-1].name}" = "{columns[-1].name}"'
    if is_sqlite:
        found += [
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            f"REPLACE INTO {table} SELECT * FROM {table}",
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({keys}) DO UPDATE SET {last}",
        ]
        found += [f"UPDATE OR {clause} {table} SET {change}" for clause in ("REPLACE", "IGNORE") for change in changes]
    else:
        found += [
            f"TRUNCATE {table} CASCADE",
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({keys}) DO UPDATE SET {last}",
            f"MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
            f"WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone",
        ]
    return found


def moods(database) -> dict[str, str]:
    return SQLITE_MOODS if database.is_sqlite else POSTGRESQL_MOODS


def prompt_in(mood: str, besieged: Besieged, by: str | None = "keeper") -> Prompt:
    database = besieged.hospital.database
    prompt = Prompt(database, besieged.hospital.persons[by] if by else None)
    prompt.script(moods(database)[mood])
    return prompt
