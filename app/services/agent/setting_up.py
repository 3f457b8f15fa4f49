"""IT says through which server e-mail goes and who gets it; the password lies in a file of the agent, never here."""

from dataclasses import dataclass

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import RuleError
from app.core.permissions import Duty
from app.models.database import Database
from app.models.persons import Setting
from app.services.agent.mailing import MAIL_KEYS, MailSettings


class MailAddressError(RuleError):
    """``typed`` is no e-mail address."""

    code = "agent.mail_address"


@dataclass(frozen=True, slots=True)
class MailSet:
    """The settings hold from the next message on."""

    changes: Changes = frozenset({Topic.SETTINGS})


class SettingUpMail:
    """Duty: SET_UP."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_mail(self, *, actor: Actor, settings: MailSettings) -> MailSet:
        """Empty fields switch e-mail off. Raises MailAddressError."""
        actor.demand(Duty.SET_UP)
        for typed in (settings.sender, *settings.recipients.replace(";", ",").split(",")):
            if typed.strip() and not _is_address(typed.strip()):
                raise MailAddressError(typed=typed.strip()[:60])
        with self._database.writing(actor.id) as session:
            for key in MAIL_KEYS:
                row = session.get(Setting, f"mail.{key}", with_for_update=True)
                if row is None:
                    row = Setting(key=f"mail.{key}")
                    session.add(row)
                row.value = str(getattr(settings, key)).strip()
                row.changed_by, row.changed_at = actor.id, self._database.clock()
        return MailSet()


def _is_address(typed: str) -> bool:
    name, _, domain = typed.rpartition("@")
    return bool(name and domain) and not any(sign.isspace() or sign in "<>,;\\" for sign in typed)
