"""A licence or certificate was renewed: number and dates as the new paper says; the audit trail keeps the old ones."""

from dataclasses import dataclass
from datetime import date

from app.core.actor import Actor
from app.core.certificates import read_certificate
from app.core.changes import Changes, Topic
from app.core.errors import NotFoundError, RuleError
from app.core.licences import read_scope
from app.core.permissions import Duty
from app.models.catalogue import Certificate, Supplier
from app.models.database import Database


class PaperNumberError(RuleError):
    """A paper has a ``number`` of at most 64 characters; a certificate one that can be read as such."""

    code = "renewing.number"


class PaperDatesError(RuleError):
    """The paper would end (``until``) before it begins (``since``), or a licence has no end."""

    code = "renewing.dates"


class PaperScopeError(RuleError):
    """A part of ``typed`` is no product class."""

    code = "renewing.scope"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the new paper says; ``scope`` only of a licence, ``until`` may be missing only of a filing of class I."""

    number: str
    since: date | None
    until: date | None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Renewed:
    """From now on receipts are judged by it."""

    number: str
    changes: Changes = frozenset({Topic.CATALOGUE, Topic.DELIVERIES})


class RenewingService:
    """Duty: MAINTAIN_CATALOGUE."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def renew_licence(self, *, actor: Actor, supplier_id: int, paper: Paper) -> Renewed:
        """Raises PaperNumberError, PaperDatesError, PaperScopeError."""
        actor.demand(Duty.MAINTAIN_CATALOGUE)
        number, scope = _number(paper.number), ""
        if paper.scope.strip():
            scope = read_scope(paper.scope) or ""
            if not scope:
                raise PaperScopeError(typed=paper.scope[:40])
        until = _demand_dates(paper)
        if until is None:
            raise PaperDatesError(since=paper.since or "—", until="—")
        with self._database.writing(actor.id) as session:
            row = session.get(Supplier, supplier_id)
            if row is None:
                raise NotFoundError
            row.licence_no, row.licence_valid_from, row.licence_valid_until = number, paper.since, until
            row.licence_scope = scope
        return Renewed(number)

    def renew_certificate(self, *, actor: Actor, certificate_id: int, paper: Paper) -> Renewed:
        """Raises PaperNumberError, PaperDatesError, ExistsError where another certificate has the number."""
        actor.demand(Duty.MAINTAIN_CATALOGUE)
        number = _number(paper.number)
        if read_certificate(number) is None:
            raise PaperNumberError(number=number)
        until = _demand_dates(paper)
        with self._database.writing(actor.id) as session:
            row = session.get(Certificate, certificate_id)
            if row is None:
                raise NotFoundError
            row.number, row.valid_from, row.valid_until = number, paper.since, until
        return Renewed(number)


def _number(typed: str) -> str:
    number = " ".join(typed.split())
    if not 0 < len(number) <= 64:
        raise PaperNumberError(number=number[:64] or "—")
    return number


def _demand_dates(paper: Paper) -> date | None:
    if paper.since is not None and paper.until is not None and paper.until < paper.since:
        raise PaperDatesError(since=paper.since, until=paper.until)
    return paper.until
