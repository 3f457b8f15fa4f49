"""The matrix of responsibilities, printed and written for a spreadsheet; made from the rules each time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from app.core.actor import Actor
from app.core.errors import StorageError
from app.core.permissions import DUTIES, Duty, Role
from app.core.responsibilities import TASKS, Part, Separation, Step, kept_apart_from
from app.core.words import Language, status_text, text
from app.interchange.safe_cells import csv_bytes
from app.interchange.workbook import xlsx_bytes
from app.models.database import Database
from app.models.places import Location, Site
from app.reports.duty_matrix import DutyLine, DutyPart, render_duty_matrix
from app.reports.rows import Paper
from app.services.auditing import last_seal
from app.services.paper_rows import hospital_names

TableForm = Literal["csv", "xlsx"]


class DutiesNotWrittenError(StorageError):
    """The file ``path`` could not be written, because of ``reason``."""

    code = "duties_not_written"


class DutyPaperService:
    """Everybody may read who does what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def print_matrix(self, *, actor: Actor, folder: Path, language: Language) -> Path:
        """As a PDF. Raises DutiesNotWrittenError."""
        actor.demand(Duty.SEE_BATCHES)
        with self._database.reading() as session:
            seal = last_seal(session)
            nearest = select(Location.site_id).where(Location.id == actor.location_id).scalar_subquery()
            site = session.scalars(select(Site).order_by(Site.id != nearest, Site.id).limit(1)).one()
            names, zone = dict(hospital_names(session, site)), site.time_zone
        paper = Paper(
            printed_at=self._database.clock(),
            seal=seal.hash if seal else "",
            seal_number=seal.n if seal else 0,
            printed_by=actor.name.said_in(language),
            language=language,
            zone=zone,
            **names,
        )
        return _save(folder, f"{text('duties.file', language)}.pdf", render_duty_matrix(paper, duty_parts(language)))

    def export_matrix(self, *, actor: Actor, folder: Path, language: Language, form: TableForm = "csv") -> Path:
        """One line a step, one column a role; the same words in both forms. Raises DutiesNotWrittenError."""
        actor.demand(Duty.SEE_BATCHES)
        head = [text(f"duties.{key}", language) for key in ("part", "step")]
        head += [*(status_text(role, language) for role in Role), text("duties.apart", language)]
        name, cells = text("duties.file", language), list(_cells(language))
        content = xlsx_bytes(name, head, cells) if form == "xlsx" else csv_bytes(head, cells)
        return _save(folder, f"{name}.{form}", content)


def _cells(language: Language) -> Iterator[list[object]]:
    for step, task in TASKS.items():
        hands = [_hand(role, step, language) for role in Role]
        place = [text(f"duties.parts.{task.part.value}", language), text(f"duties.steps.{step.value}", language)]
        yield [*place, *hands, apart_words(step, language)]


def _hand(role: Role, step: Step, language: Language) -> str:
    held = DUTIES[role]
    task = TASKS[step]
    parts = [("does", task.duty in held), ("signs", task.second in held)]
    return "、".join(text(f"duties.{key}", language) for key, is_so in parts if is_so)


def duty_parts(language: Language) -> list[DutyPart]:
    """The whole matrix in words."""
    return [
        DutyPart(
            text(f"duties.parts.{part.value}", language),
            tuple(_line(step, language) for step, task in TASKS.items() if task.part is part),
        )
        for part in Part
    ]


def _line(step: Step, language: Language) -> DutyLine:
    task = TASKS[step]
    return DutyLine(
        text(f"duties.steps.{step.value}", language),
        _roles(task.duty, language),
        _roles(task.second, language) if task.second else "—",
        apart_words(step, language) or "—",
    )


def _roles(duty: Duty, language: Language) -> str:
    joiner = "、" if language == "zh" else ", "
    return joiner.join(status_text(role, language) for role in Role if duty in DUTIES[role])


def apart_words(step: Step, language: Language) -> str:
    """Who may not do this step, because of what they did before."""
    joiner = "；" if language == "zh" else "; "
    return joiner.join(_apart(rule, language) for rule in kept_apart_from(step))


def _apart(rule: Separation, language: Language) -> str:
    key = "duties.not_signs" if rule.signs else "duties.not_who"
    return text(key, language, first=text(f"duties.steps.{rule.first.value}", language))


def _save(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise DutiesNotWrittenError(path=str(path), reason=error.strerror or "") from None
    return path
