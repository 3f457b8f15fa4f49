"""``recalldesk db upgrade|check|init|copy|admit``; backups are in ``app.cli.backups``."""

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from app.cli import backups
from app.cli.opening import raw_database, sound_database
from app.cli.terminal import DONE, ENVIRONMENT, Terminal
from app.core.plain import plain
from app.models.database import Database
from app.services import logins
from app.services.copying import CopiedTable, copy_installation
from app.services.establishing import admit, admit_agent, establish
from app.services.initialising import initialise, plan_init
from app.services.upgrading import check, upgrade


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """``check`` only reads; its exit code says whether the program can work with the database."""
    acts = {"upgrade": _upgrade, "check": _check, "init": _init, "copy": _copy, "admit": _admit}
    acts |= {"backup": backups.take, "verify": backups.prove, "restore": backups.restore}
    return acts[arguments.action](arguments, terminal)


def _upgrade(_arguments: argparse.Namespace, terminal: Terminal) -> int:
    with raw_database(terminal, may_create=True) as database:
        upgrade(database)
        if not database.is_sqlite and _has_roles(database):
            establish(database)
        terminal.say("cli.db.upgraded", revision=check(database).found or "-")
    return DONE


def _check(arguments: argparse.Namespace, terminal: Terminal) -> int:
    with raw_database(terminal) as database:
        report = check(database)
    if arguments.json:
        terminal.as_json(
            {
                "found": report.found,
                "newest": report.newest,
                "differences": list(report.differences),
                "sound": report.is_sound,
            }
        )
    else:
        key = "cli.db.sound" if report.is_sound else "cli.db.unsound"
        terminal.say(key, found=report.found or "-", newest=report.newest, names=list(report.differences) or "-")
    return DONE if report.is_sound else ENVIRONMENT


def _init(arguments: argparse.Namespace, terminal: Terminal) -> int:
    with raw_database(terminal) as database:
        plan = plan_init(database) if arguments.check else initialise(database)
        if not arguments.check and not arguments.shared:
            prefix = "" if arguments.plain_logins else None
            terminal.say("cli.db.roles", installation=establish(database, prefix=prefix))
    terminal.say("cli.db.would_init" if arguments.check else "cli.db.initialised", **plain(plan))
    return DONE


def _has_roles(database: Database) -> bool:
    with database.reading() as session:
        return logins.are_kept(session)


def _admit(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The first security administrator, or a new password for somebody who cannot come in any more; or the agent."""
    if arguments.agent:
        return _admit_agent(terminal)
    password = terminal.ask_secret("cli.db.password", login=arguments.login)
    with sound_database(terminal) as database:
        is_new = admit(database, login=arguments.login, name=arguments.name, password=password)
    terminal.say("cli.db.admitted_new" if is_new else "cli.db.admitted", login=arguments.login)
    return DONE


def _admit_agent(terminal: Terminal) -> int:
    password = terminal.ask_secret("cli.db.agent_password")
    with sound_database(terminal) as database:
        admit_agent(database, password)
        with database.reading() as session:
            prefix = logins.prefix(session)
    terminal.say("cli.db.admitted_agent", login=prefix + logins.AGENT)
    return DONE


def _copy(arguments: argparse.Namespace, terminal: Terminal) -> int:
    def told(table: CopiedTable) -> None:
        if not arguments.json:
            terminal.say("cli.db.copied_table", name=table.name, rows=table.rows, digest=table.digest[:16])

    with _database(terminal, arguments.source) as source, _database(terminal, arguments.target) as target:
        report = copy_installation(source, target, told)
        path = str(source.path)
    if arguments.json:
        terminal.as_json(plain(report) | {"rows": report.rows})
        return DONE
    said = {"tables": len(report.tables), "rows": report.rows, "attacks": report.refused_attacks}
    terminal.say("cli.db.copied", **said, entries=report.verified.entries, seals=report.verified.seals)
    terminal.say("cli.db.archive", path=path)
    return DONE


@contextmanager
def _database(terminal: Terminal, url: str) -> Generator[Database]:
    with raw_database(replace(terminal, database=url)) as database:
        yield database
