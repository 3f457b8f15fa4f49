"""Writes the triggers that keep a program among the persons away from goods, locks, cases and signatures.

The list says what the agent may write; every other table that staff may write refuses it, also one added later.
"""

from app.models.wall.audit_sql import audited_tables

MAY_WRITE = frozenset({"agent_lease", "agent_job", "reminder", "mail", "news"})

_IS_SERVICE = "EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())"

_FUNCTION = f"""CREATE FUNCTION agent_wall() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF {_IS_SERVICE} THEN
    PERFORM refuse('agent_may_not');
  END IF;
  RETURN NULL;
END $$"""

_NO_ROLE = """CREATE FUNCTION agent_role_wall() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM service_person WHERE person_id = NEW.person_id) THEN
    PERFORM refuse('agent_may_not');
  END IF;
  RETURN NEW;
END $$"""


def _guarded() -> list[str]:
    return [table.name for table in audited_tables() if table.name not in MAY_WRITE]


def postgresql_agent() -> list[str]:
    """One function; one statement trigger a table, so that a posting of many lines is asked once."""
    statements = [_FUNCTION, _NO_ROLE]
    for name in _guarded():
        if name == "movement":
            continue  # movement_who() asks it together with the rest: it is asked a thousand times as often
        statements += [
            f"CREATE TRIGGER agent_wall BEFORE INSERT OR UPDATE OR DELETE ON {name}\n"
            f"  FOR EACH STATEMENT EXECUTE FUNCTION agent_wall()",
            f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER agent_wall",
        ]
    return [
        *statements,
        "CREATE TRIGGER agent_role_wall BEFORE INSERT OR UPDATE ON person_role\n"
        "  FOR EACH ROW EXECUTE FUNCTION agent_role_wall()",
        "ALTER TABLE person_role ENABLE ALWAYS TRIGGER agent_role_wall",
    ]


def sqlite_agent() -> list[str]:
    """A trigger per table and act."""
    statements = [
        f"CREATE TRIGGER agent_{name}_{act.lower()} BEFORE {act} ON {name}\n"
        f"WHEN {_IS_SERVICE}\n"
        f"BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END"
        for name in _guarded()
        for act in ("INSERT", "UPDATE", "DELETE")
    ]
    return [
        *statements,
        *(
            f"CREATE TRIGGER agent_role_{act.lower()} BEFORE {act} ON person_role\n"
            "WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = NEW.person_id)\n"
            "BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END"
            for act in ("INSERT", "UPDATE")
        ),
    ]
