"""The command line's own grammar; every word of help comes from the word catalogue."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn, cast

from app.core.words import LANGUAGES, Language, text


class WrongUseError(Exception):
    """The command line cannot be understood; ``usage`` shows how it goes."""

    def __init__(self, complaint: str, usage: str) -> None:
        super().__init__(complaint)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """Raises instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        raise WrongUseError(message, self.format_usage())


def build_parser(language: Language) -> Parser:
    """``recalldesk [--database URL] [--language zh|en] command …``; without a command the desktop opens."""

    def say(key: str) -> str:
        return text(f"cli.{key}", language)

    parser = Parser(prog="recalldesk", description=say("about"))
    parser.add_argument("--database", default="", metavar="URL", help=say("help.database"))
    parser.add_argument("--language", choices=LANGUAGES, default=language, help=say("help.language"))
    commands = parser.add_subparsers(dest="command", metavar=say("help.command"), parser_class=Parser)
    scan = _family(commands, "scan", say("help.scan"))
    _leaf(scan, "read", say("help.scan_read"))
    notice = _family(commands, "notice", say("help.notice"))
    _leaf(notice, "read", say("help.notice_read")).add_argument("--json", action="store_true", help=say("help.json"))
    _leaf(notice, "judge", say("help.notice_judge"))
    database = _family(commands, "db", say("help.db"))
    _leaf(database, "upgrade", say("help.db_upgrade"))
    _leaf(database, "check", say("help.db_check")).add_argument("--json", action="store_true", help=say("help.json"))
    init = _leaf(database, "init", say("help.db_init"))
    init.add_argument("--check", action="store_true", help=say("help.db_init_check"))
    init.add_argument("--shared", action="store_true", help=say("help.db_init_shared"))
    init.add_argument("--plain-logins", action="store_true", help=say("help.db_init_plain"))
    admit = _leaf(database, "admit", say("help.db_admit"))
    admit.add_argument("login", nargs="?", help=say("help.db_admit_login"))
    admit.add_argument("--agent", action="store_true", help=say("help.db_admit_agent"))
    admit.add_argument("--name", default="", help=say("help.db_admit_name"))
    _copies(database, say)
    audit = _family(commands, "audit", say("help.audit"))
    _leaf(audit, "verify", say("help.audit_verify")).add_argument("--json", action="store_true", help=say("help.json"))
    _leaf(audit, "seal", say("help.audit_seal"))
    _trace(commands, say)
    _where(commands, say)
    _recall(commands, say)
    _ward_check(commands, say)
    _agent(commands, say)
    _demo(commands, say)
    return parser


def parse(argv: Sequence[str], language: Language) -> argparse.Namespace:
    """Raises WrongUseError, also for what the grammar alone cannot say; SystemExit after ``--help``."""
    parser = build_parser(language)
    asked = parser.parse_args(list(argv))
    if asked.command == "trace" and asked.lot is None and asked.export is None:
        raise WrongUseError(text("cli.trace.lot_or_file", language), parser.format_usage())
    if asked.command == "db" and asked.action == "admit" and (asked.login is None) != asked.agent:
        raise WrongUseError(text("cli.db.login_or_agent", language), parser.format_usage())
    return asked


def _family(commands: Any, name: str, about: str) -> Any:
    family = commands.add_parser(name, help=about, description=about)
    return family.add_subparsers(dest="action", metavar="…", required=True, parser_class=Parser)


def _leaf(family: Any, name: str, about: str) -> Parser:
    return cast(Parser, family.add_parser(name, help=about, description=about))


def _where(commands: Any, say: Any) -> None:
    where = _leaf(commands, "where", say("help.where"))
    where.add_argument("--lot", required=True, help=say("help.lot"))
    where.add_argument("--product", default=None, help=say("help.product"))
    where.add_argument("--json", action="store_true", help=say("help.json"))


def _recall(commands: Any, say: Any) -> None:
    recall = _family(commands, "recall", say("help.recall"))
    impact = _leaf(recall, "impact", say("help.recall_impact"))
    pack = _leaf(recall, "pack", say("help.recall_pack"))
    pack.add_argument("--out", required=True, metavar="FILE", help=say("help.recall_out"))
    for leaf in (impact, pack):
        leaf.add_argument("--case", required=True, metavar="N", help=say("help.recall_case"))
        leaf.add_argument("--json", action="store_true", help=say("help.json"))
    drill = _leaf(commands, "drill", say("help.drill"))
    drill.add_argument("--text", required=True, metavar="FILE", help=say("help.drill_text"))
    drill.add_argument("--within", type=float, default=60.0, metavar="S", help=say("help.drill_within"))
    drill.add_argument("--json", action="store_true", help=say("help.json"))


def _copies(database: Any, say: Any) -> None:
    copy = _leaf(database, "copy", say("help.db_copy"))
    copy.add_argument("--from", dest="source", required=True, metavar="URL", help=say("help.db_copy_from"))
    copy.add_argument("--to", dest="target", required=True, metavar="URL", help=say("help.db_copy_to"))
    copy.add_argument("--json", action="store_true", help=say("help.json"))
    for name in ("backup", "verify", "restore"):
        leaf = _leaf(database, name, say(f"help.db_{name}"))
        leaf.add_argument("file", metavar="FILE", help=say("help.db_backup_file"))
        leaf.add_argument("--key-file", default="", metavar="FILE", help=say("help.db_key_file"))
        leaf.add_argument("--json", action="store_true", help=say("help.json"))


def _trace(commands: Any, say: Any) -> None:
    trace = _leaf(commands, "trace", say("help.trace"))
    trace.add_argument("--lot", default=None, help=say("help.lot"))
    trace.add_argument("--product", default=None, help=say("help.product"))
    trace.add_argument("--as-of", default=None, metavar="2026-11-01T08:00", help=say("help.as_of"))
    trace.add_argument("--export", default=None, metavar="FILE", help=say("help.export_trace"))
    trace.add_argument("--json", action="store_true", help=say("help.json"))


def _ward_check(commands: Any, say: Any) -> None:
    check = _leaf(commands, "ward-check", say("help.ward_check"))
    check.add_argument("--ward", required=True, help=say("help.ward"))
    check.add_argument("--scan", required=True, help=say("help.scan_text"))
    check.add_argument("--json", action="store_true", help=say("help.json"))


def _agent(commands: Any, say: Any) -> None:
    agent = _leaf(commands, "agent", say("help.agent"))
    agent.add_argument("--watch", default="", metavar="FOLDER", help=say("help.agent_watch"))
    agent.add_argument("--backups", default="", metavar="FOLDER", help=say("help.agent_backups"))
    agent.add_argument("--keep", type=int, default=14, help=say("help.agent_keep"))
    agent.add_argument("--lease", type=float, default=18.0, metavar="SECONDS", help=say("help.agent_lease"))
    agent.add_argument("--once", action="store_true", help=say("help.agent_once"))


def _demo(commands: Any, say: Any) -> None:
    demo = _leaf(commands, "demo", say("help.demo"))
    demo.add_argument("--out", default="demo", help=say("help.out"))
    demo.add_argument("--seed", type=int, default=20260312, help=say("help.seed"))
    demo.add_argument("--json", action="store_true", help=say("help.json"))
