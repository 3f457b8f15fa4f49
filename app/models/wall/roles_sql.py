"""Writes the roles of the server and their rights out of ``grants``; run by the installer, again and again.

Group roles hold rights and never sign in; logins are members of groups. They are named after the installation, so that
two of them on one server do not meet. Everything belongs to a role that nobody can be.
"""

from sqlalchemy import Table

from app.core.permissions import DUTIES, Role
from app.models.everything import METADATA
from app.models.wall.grants import (
    AGENT_FUNCTIONS,
    AGENT_READS,
    DUTY_FUNCTIONS,
    FUNCTIONS,
    ONLY,
    SECRET,
    WORKSTATION_FUNCTIONS,
    WORKSTATION_VIEWS,
    Write,
    of_agent,
    of_everybody,
    writes_of,
)

OWNER, PERSON, WORKSTATION, AGENT = "owner", "person", "workstation", "agent"


def group(installation: str, name: str) -> str:
    """The quoted name of a group role."""
    return '"' + f"{installation}:{name}".replace('"', '""') + '"'


def groups(installation: str) -> list[str]:
    """Every group, quoted: persons, workstations, the agent, and one per role."""
    return [group(installation, name) for name in (PERSON, WORKSTATION, AGENT, *(role.value for role in Role))]


def closing(database: str) -> list[str]:
    """Takes from everybody what PostgreSQL gives to everybody."""
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC",
    ]


def taking_back(installation: str) -> list[str]:
    """Takes from the groups what an earlier version gave."""
    return [
        f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {name}"
        for name in groups(installation)
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS")
    ]


def opening(installation: str, database: str, views: list[str]) -> list[str]:
    """Every GRANT; ``views`` are those that stand in the schema."""
    person, workstation = group(installation, PERSON), group(installation, WORKSTATION)
    statements = [
        f'GRANT CONNECT ON DATABASE "{database}" TO {person}, {workstation}',
        f"GRANT USAGE ON SCHEMA public TO {person}, {workstation}",
        *reading(installation, views),
        f"GRANT USAGE ON SEQUENCE document_number TO {person}",
        *(f"GRANT EXECUTE ON FUNCTION {name} TO {person}" for name in FUNCTIONS),
        *(f"GRANT SELECT ON {name} TO {workstation}" for name in WORKSTATION_VIEWS),
        *(f"GRANT EXECUTE ON FUNCTION {name} TO {person}, {workstation}" for name in WORKSTATION_FUNCTIONS),
        *_writing(person, of_everybody()),
        *_for_the_agent(installation, database),
    ]
    for role in Role:
        named = group(installation, role.value)
        statements += _writing(named, writes_of(role))
        statements += [f"GRANT EXECUTE ON FUNCTION {name} TO {named}" for name in functions_of(role)]
    return statements


def _for_the_agent(installation: str, database: str) -> list[str]:
    agent = group(installation, AGENT)
    return [
        f'GRANT CONNECT ON DATABASE "{database}" TO {agent}',
        f"GRANT USAGE ON SCHEMA public TO {agent}",
        *(f"GRANT SELECT ON {name} TO {agent}" for name in AGENT_READS),
        *(f"GRANT EXECUTE ON FUNCTION {name} TO {agent}" for name in AGENT_FUNCTIONS),
        *_writing(agent, of_agent()),
    ]


def functions_of(role: Role) -> list[str]:
    """The functions that go with the duties of a role."""
    return [name for name, duty in DUTY_FUNCTIONS.items() if duty in DUTIES[role]]


def reading(installation: str, views: list[str]) -> list[str]:
    """Persons read everything but secrets; a few tables are for one duty alone."""
    person = group(installation, PERSON)
    statements = [f"GRANT SELECT ON {name} TO {person}" for name in [*views, "alembic_version"]]
    for name, table in sorted(METADATA.tables.items()):
        hidden = SECRET.get(name)
        if hidden is not None and not hidden:
            continue
        what = f"SELECT ({_columns(table, hidden)})" if hidden else "SELECT"
        whom = [group(installation, role.value) for role in Role if name in ONLY and ONLY[name] in DUTIES[role]]
        statements.append(f"GRANT {what} ON {name} TO {', '.join(whom) or person}")
    return statements


def _columns(table: Table, hidden: frozenset[str]) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns if column.name not in hidden)


def own_sequence(table: Table) -> str:
    """The sequence behind the key of a table, or nothing where the key is given."""
    key = [column for column in table.primary_key.columns if column is table.autoincrement_column]
    return f"{table.name}_{key[0].name}_seq" if key else ""


def given_columns(table: Table) -> list[str]:
    """The columns that an INSERT may name: all but a key that the server makes."""
    return [column.name for column in table.columns if column is not table.autoincrement_column]


def _writing(named: str, writes: dict[str, Write]) -> list[str]:
    statements: list[str] = []
    for write in writes.values():
        table = METADATA.tables[write.table]
        if write.insert:
            columns = ", ".join(f'"{name}"' for name in given_columns(table))
            statements.append(f"GRANT INSERT ({columns}) ON {table.name} TO {named}")
            if sequence := own_sequence(table):
                statements.append(f"GRANT USAGE ON SEQUENCE {sequence} TO {named}")
        if write.update:
            columns = ", ".join(f'"{name}"' for name in write.update)
            statements.append(f"GRANT UPDATE ({columns}) ON {table.name} TO {named}")
        if write.delete:
            statements.append(f"GRANT DELETE ON {table.name} TO {named}")
    return statements
