"""What a password must be: long, varied, no common word, no name; by the house's rules also young and new."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.core.places import resources
from app.models.database import Database
from app.models.persons import PastPassword, Person, Setting

SHORTEST = 10
KINDS = 3
LEAST_LETTERS = 4
LEAST_NAME = 4
MOST_DAYS, MOST_HISTORY = 365, 20
DAYS_KEY, HISTORY_KEY = "password.days", "password.history"
_LEET = str.maketrans("0134578@$!", "oleastbasi")


class WeakPasswordError(RuleError):
    """Shorter than ``least`` characters, or of fewer than three kinds of character."""

    code = "weak_password"


class CommonPasswordError(RuleError):
    """Made of a word that everybody tries first."""

    code = "common_password"


class NamedPasswordError(RuleError):
    """The person's own login or name is in it."""

    code = "named_password"


class UsedPasswordError(RuleError):
    """One of the last ``history`` passwords."""

    code = "used_password"


class PolicyRangeError(RuleError):
    """``days`` or ``history`` outside what makes sense."""

    code = "password_policy_range"


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """0 days: passwords do not age. 0 history: an old one may come back."""

    days: int = 0
    history: int = 0


def demand_strong(password: str) -> None:
    """Raises WeakPasswordError."""
    kinds = (str.islower, str.isupper, str.isdigit, _is_sign)
    if len(password) < SHORTEST or sum(any(map(kind, password)) for kind in kinds) < KINDS:
        raise WeakPasswordError(least=SHORTEST)


def demand_fit(password: str, *, login: str, names: Sequence[str] = ()) -> None:
    """Raises WeakPasswordError, CommonPasswordError, NamedPasswordError."""
    demand_strong(password)
    lowered = password.casefold()
    if _is_common(lowered):
        raise CommonPasswordError
    own = {part for name in (login, *names) for part in re.split(r"[\s._-]+", name.casefold())}
    if any(part in lowered for part in own if len(part) >= LEAST_NAME or (not part.isascii() and len(part) > 1)):
        raise NamedPasswordError


def _is_sign(letter: str) -> bool:
    return not letter.isalnum()


def _is_common(lowered: str) -> bool:
    """Whether a listed word is in it and fewer than four letters are left besides, also written with digits."""
    for written in (lowered, lowered.translate(_LEET)):
        left = written
        for word in _common_words():
            left = left.replace(word, " ")
        if left != written and sum(letter.isalpha() for letter in left) < LEAST_LETTERS:
            return True
    return False


@cache
def _common_words() -> tuple[str, ...]:
    words = (resources() / "weak_passwords.txt").read_text(encoding="utf-8").split()
    return tuple(sorted(words, key=len, reverse=True))


def password_policy(session: Session) -> PasswordPolicy:
    """What the house has set; a value that is no number counts as 0."""
    query = select(Setting.key, Setting.value).where(Setting.key.in_((DAYS_KEY, HISTORY_KEY)))
    told = {key: int(value) if value.isdecimal() else 0 for key, value in session.execute(query)}
    return PasswordPolicy(told.get(DAYS_KEY, 0), told.get(HISTORY_KEY, 0))


def is_due(session: Session, person_id: int, now: datetime) -> bool:
    """Whether the person must choose another password before anything else."""
    must, set_at = session.execute(
        select(Person.must_change, Person.password_set_at).where(Person.id == person_id)
    ).one()
    days = password_policy(session).days
    return must or (days > 0 and set_at is not None and now - set_at > timedelta(days=days))


def past_hashes(session: Session, person_id: int) -> list[str]:
    """The hashes that the house's rule forbids again, the present one first."""
    history = password_policy(session).history
    if history == 0:
        return []
    present = session.scalar(select(Person.password_hash).where(Person.id == person_id)) or ""
    newest = select(PastPassword.password_hash).where(PastPassword.person_id == person_id)
    return [present, *session.scalars(newest.order_by(PastPassword.id.desc()).limit(history - 1))]


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The rules for passwords from now on."""

    policy: PasswordPolicy
    changes: Changes = frozenset({Topic.SETTINGS})


class PasswordRulesService:
    """Duty: GRANT_ROLES, since who looks after the persons looks after their passwords."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_policy(self, *, actor: Actor, policy: PasswordPolicy) -> PolicySet:
        """Raises PolicyRangeError."""
        actor.demand(Duty.GRANT_ROLES)
        if not 0 <= policy.days <= MOST_DAYS or not 0 <= policy.history <= MOST_HISTORY:
            raise PolicyRangeError(days=MOST_DAYS, history=MOST_HISTORY)
        with self._database.writing(actor.id) as session:
            for key, value in ((DAYS_KEY, policy.days), (HISTORY_KEY, policy.history)):
                kept = session.get(Setting, key)
                if kept is None:
                    kept = Setting(key=key)
                    session.add(kept)
                kept.value, kept.changed_by, kept.changed_at = str(value), actor.id, self._database.clock()
        return PolicySet(policy)
