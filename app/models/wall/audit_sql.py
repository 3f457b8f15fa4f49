"""Writes the audit triggers of every table that staff may write, for both databases.

The result is frozen in ``app/models/wall/NNNN_<dialect>.sql``; a test compares the newest with what this module says,
so that a new column or table cannot be forgotten. SQLite has one trigger a table and act, PostgreSQL one function.
"""

from sqlalchemy import Table, UniqueConstraint

from app.models.everything import METADATA

NOT_AUDITED = frozenset(
    {
        "audit_entry",
        "audit_head",
        "audit_seal",
        "balance",
        "number_series",
        "operation",
        "alembic_version",
        "agent_lease",
        "agent_job",
    }
)
"""Kept by the wall itself, without meaning, or saying again what audited rows say."""

HIDDEN = frozenset(
    {
        ("person", "password_hash"),
        ("past_password", "password_hash"),
        ("signature", "content"),
        ("document", "content"),
        ("attachment", "content"),
        ("news", "content"),
        ("patient_use", "visit_no"),
    }
)
"""Columns whose value never enters the trail: secrets, bytes that have a hash beside them, patient data."""

APPEND_ONLY = (
    "movement",
    "lot_lock",
    "lock_lift",
    "signature",
    "past_password",
    "patient_use",
    "patient_look",
    "inspection_check",
    "batch_supplement",
    "attachment",
    "part_rejection",
    "requisition_line",
    "requisition_issue",
    "purchase_order_line",
    "document",
    "case_entry",
    "scope_change",
    "put_away",
    "reminder",
    "service_person",
    "stock_count_entry",
    "kit_recipe",
    "kit_component",
    "kit",
    "kit_content",
    "ended_session",
    "operation",
    "audit_entry",
    "audit_seal",
)
"""Tables whose rows may be added, never changed or removed."""

NEVER_DELETED = (
    *APPEND_ONLY,
    "balance",
    "batch",
    "serial_unit",
    "audit_head",
    "recall_case",
    "recall_clause",
    "scope_line",
    "department_task",
    "task_line",
    "return_shipment",
    "departure",
    "person",
    "person_role",
    "workstation",
    "product",
    "certificate",
    "supplier",
    "location",
    "site",
    "schema_info",
    "delivery",
    "requisition",
    "reservation",
    "purchase_order",
    "transfer",
    "transfer_line",
    "shelf_place",
    "mail",
    "news",
    "agent_lease",
    "agent_job",
    "stock_count",
    "stock_count_line",
)


def audited_tables() -> list[Table]:
    """In the order of their names, so that the text is stable."""
    return [table for name, table in sorted(METADATA.tables.items()) if name not in NOT_AUDITED]


def shown_columns(table: Table) -> list[str]:
    """The columns that enter the trail."""
    return [column.name for column in table.columns if (table.name, column.name) not in HIDDEN]


def _row_json(table: Table, row: str) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in shown_columns(table)) + ")"


def _key(table: Table, row: str) -> str:
    return " || '/' || ".join(f'{row}."{column.name}"' for column in table.primary_key.columns)


def sqlite_audit() -> list[str]:
    """One AFTER trigger per table and act; DISTINCT keeps SQLite from asking the clock once per column."""
    statements: list[str] = []
    for table in audited_tables():
        for act, row, before, after in (
            ("INSERT", "NEW", "''", _row_json(table, "NEW")),
            ("UPDATE", "NEW", _row_json(table, "OLD"), _row_json(table, "NEW")),
            ("DELETE", "OLD", _row_json(table, "OLD"), "''"),
        ):
            statements.append(_sqlite_trigger(table, act, row, before, after))
    return statements


def _sqlite_trigger(table: Table, act: str, row: str, before: str, after: str) -> str:
    return f"""CREATE TRIGGER audit_{table.name}_{act.lower()} AFTER {act} ON "{table.name}"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      '{table.name}' AS table_name, CAST({_key(table, row)} AS TEXT) AS row_id, '{act.lower()}' AS action,
      {before} AS before, {after} AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END"""


def postgresql_audit() -> list[str]:
    """One ALWAYS trigger per table; the function ``audit_row`` takes key and hidden columns as arguments."""
    statements: list[str] = []
    for table in audited_tables():
        key = ",".join(column.name for column in table.primary_key.columns)
        hidden = ",".join(name for owner, name in sorted(HIDDEN) if owner == table.name)
        statements += [
            f"CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON {table.name}\n"
            f"  FOR EACH ROW EXECUTE FUNCTION audit_row('{key}', '{hidden}')",
            f"ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER audit_row",
        ]
    return statements


def sqlite_guards() -> list[str]:
    """Append-only and never-deleted, with the code the translator reads."""
    statements: list[str] = []
    for name in APPEND_ONLY:
        statements.append(
            f"CREATE TRIGGER keep_{name}_update BEFORE UPDATE ON {name}\n"
            f"BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END"
        )
    for name in NEVER_DELETED:
        statements.append(
            f"CREATE TRIGGER keep_{name}_delete BEFORE DELETE ON {name}\n"
            f"BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END"
        )
    for name in sorted(set(NEVER_DELETED) | {table.name for table in audited_tables()}):
        table = METADATA.tables[name]
        statements += [
            f"CREATE TRIGGER keep_{name}_insert_{number} BEFORE INSERT ON {name}\n"
            f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same})\n"
            f"BEGIN SELECT RAISE(ABORT, 'wall:exists'); END"
            for number, key in enumerate(_unique_keys(table))
            for same in (" AND ".join(f'"{column}" = NEW."{column}"' for column in key),)
        ]
        if name not in APPEND_ONLY:
            statements += [_sqlite_key_guard(name, number, key) for number, key in enumerate(_unique_keys(table))]
    return statements


def _sqlite_key_guard(name: str, number: int, key: list[str]) -> str:
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in key)
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
    return (
        f"CREATE TRIGGER keep_{name}_change_{number} BEFORE UPDATE ON {name}\n"
        f"WHEN ({changed}) AND EXISTS (SELECT 1 FROM {name} WHERE {same})\n"
        f"BEGIN SELECT RAISE(ABORT, 'wall:exists'); END"
    )


def _unique_keys(table: Table) -> list[list[str]]:
    """INSERT and UPDATE OR REPLACE delete rows without a delete trigger, by whichever unique key they hit."""
    constraints = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
    keys = sorted([column.name for column in item.columns] for item in constraints)
    return [[column.name for column in table.primary_key.columns], *keys]


def postgresql_guards() -> list[str]:
    """Append-only and never-deleted, TRUNCATE too; ALWAYS, so that no session setting switches them off."""
    statements: list[str] = []
    for name in APPEND_ONLY:
        statements += [
            f"CREATE TRIGGER keep_rows BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER keep_rows",
        ]
    for name in NEVER_DELETED:
        statements += [
            f"CREATE TRIGGER keep_deleted BEFORE DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER keep_deleted",
            f"CREATE TRIGGER keep_truncated BEFORE TRUNCATE ON {name} EXECUTE FUNCTION refuse_change()",
            f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER keep_truncated",
        ]
    return statements
