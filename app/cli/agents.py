"""``recalldesk agent``: keeps the watch until it is told to stop (SIGTERM, Ctrl+C)."""

import argparse
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import FrameType

from app.cli.opening import agents_database
from app.cli.terminal import DONE, Terminal
from app.core.logs import keep_log
from app.core.statuses.agent import Holder
from app.services.agent.attending import Attended, Attending, leasing_of_this_process
from app.services.agent.service_person import agent_person
from app.services.agent.work import Folders, jobs_of


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Says when it takes the watch and when it loses it; ``--once`` looks one time and says what it did."""
    with agents_database(terminal) as database:
        folders = Folders(
            notices=Path(arguments.watch) if arguments.watch else None,
            backups=Path(arguments.backups) if arguments.backups else None,
            keep=arguments.keep,
        )
        length = timedelta(seconds=arguments.lease)
        attending = Attending(
            database,
            jobs_of(database, folders),
            kind=Holder.AGENT,
            leasing=leasing_of_this_process(database, Holder.AGENT, length),
        )
        person_id = agent_person(database)
        if arguments.once:
            _say(terminal, attending.look(person_id))
        else:
            keep_log()
            _keep_watch(attending, person_id, length / 4, terminal)
        attending.leave()
    return DONE


def _keep_watch(attending: Attending, person_id: int, pause: timedelta, terminal: Terminal) -> None:
    """One thread works; this one renews the lease meanwhile, so that a long copy does not cost it."""
    stop, held = threading.Event(), False

    def told_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told_to_stop)
    with ThreadPoolExecutor(1) as worker:
        work = worker.submit(attending.look, person_id)
        while not stop.wait(pause.total_seconds()):
            if work.done():
                work.result()
                work = worker.submit(attending.look, person_id)
            else:
                attending.beat(person_id)
            held = _tell_change(terminal, held, is_held=attending.lease is not None)


def _tell_change(terminal: Terminal, held: bool, *, is_held: bool) -> bool:
    if held is not is_held:
        terminal.say("cli.agent.took" if is_held else "cli.agent.lost")
    return is_held


def _say(terminal: Terminal, looked: Attended) -> None:
    if looked.is_holder:
        terminal.say("cli.agent.ran", count=len(looked.ran))
    else:
        terminal.say("cli.agent.other")
