"""``recalldesk db backup|verify|restore FILE``."""

import argparse
from pathlib import Path

from app.cli.opening import raw_database, sound_database
from app.cli.terminal import DONE, ENVIRONMENT, Terminal
from app.core.errors import RuleError
from app.core.plain import plain
from app.services import keeping
from app.services.keeping import Proof


class KeyFileError(RuleError):
    """``path`` holds no key: it cannot be read, or is shorter than 16 bytes."""

    code = "keeping.key_file"


def take(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Of the database of the command line, as it is at this moment."""
    with sound_database(terminal) as database:
        manifest = keeping.take(database, Path(arguments.file), key=_key(arguments))
    if arguments.json:
        terminal.as_json(plain(manifest))
    else:
        said = {"file": arguments.file, "rows": manifest.rows, "tables": len(manifest.tables)}
        terminal.say("cli.db.backed_up", **said, seal=manifest.seal[:24] or "-", digest=manifest.sha256[:16])
        if not manifest.signature:
            terminal.say("cli.db.unsigned")
    return DONE


def prove(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The exit code says whether the backup is what its manifest says."""
    return _tell(keeping.prove(Path(arguments.file), key=_key(arguments)), "proved", arguments, terminal)


def restore(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Into the database of the command line, which nobody has used."""
    with raw_database(terminal, may_create=True) as database:
        proof = keeping.restore(Path(arguments.file), database, key=_key(arguments))
    return _tell(proof, "restored", arguments, terminal)


def _tell(proof: Proof, key: str, arguments: argparse.Namespace, terminal: Terminal) -> int:
    if arguments.json:
        terminal.as_json(plain(proof.manifest) | {"faults": list(proof.faults), "sound": proof.is_sound})
    else:
        said = {"file": arguments.file, "taken": proof.manifest.taken_at[:19], "rows": proof.manifest.rows}
        terminal.say(f"cli.db.{key}" if proof.is_sound else "cli.db.unproved", **said, faults=list(proof.faults))
    return DONE if proof.is_sound else ENVIRONMENT


def _key(arguments: argparse.Namespace) -> bytes:
    if not arguments.key_file:
        return b""
    try:
        key = Path(arguments.key_file).read_bytes().strip()
    except OSError as error:
        raise KeyFileError(path=arguments.key_file, reason=str(error)) from error
    if len(key) < 16:
        raise KeyFileError(path=arguments.key_file, reason=f"{len(key)} < 16")
    return key
