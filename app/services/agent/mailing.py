"""E-mail: composed in the transaction that causes it, sent later by the agent, retried ever less often, never twice."""

import hashlib
import os
import smtplib
import socket
import ssl
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import DeviceError
from app.core.statuses.agent import JobEnd, MailState
from app.core.words import text
from app.models.agents import Mail
from app.models.persons import Setting
from app.services.agent.jobs import UNSET, Ran
from app.services.agent.leasing import Lease, Leasing

CREDENTIAL_FILE = "RECALLDESK_SMTP_PASSWORD_FILE"
"""Names a file only the agent may read; the password is in no database and no settings file."""
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=4)
MOST_TRIES = 30
AT_ONCE = 20
PATIENCE = 20.0
CUT_OFF = "cut off"


class MailRefusedError(DeviceError):
    """The mail server ``host`` did not take message ``number``: ``reason``. Nothing was sent; it is tried again."""

    code = "agent.mail_refused"


class MailAwayError(MailRefusedError):
    """Nobody answers at ``host``."""

    code = "agent.mail_away"


class MailUntrustedError(MailRefusedError):
    """The certificate of ``host`` is not signed by an authority this machine knows; nothing was sent."""

    code = "agent.mail_untrusted"


class MailExpiredError(MailRefusedError):
    """The certificate of ``host`` is over or does not hold yet; nothing was sent."""

    code = "agent.mail_expired"


class MailOtherHostError(MailRefusedError):
    """The certificate is another server's than ``host``; nothing was sent."""

    code = "agent.mail_other_host"


class MailNoTlsError(MailRefusedError):
    """``host`` offers no encryption; no password and no text was sent."""

    code = "agent.mail_no_tls"


class MailLoginError(MailRefusedError):
    """``host`` does not take the login or its password."""

    code = "agent.mail_login"


class MailUnsureError(DeviceError):
    """The line to ``host`` broke after the text was handed over; the message is not sent again."""

    code = "agent.mail_unsure"


class MailPartlyError(DeviceError):
    """``host`` took message ``number`` for others, but not for ``left``: ``reason``. For these it is tried again."""

    code = "agent.mail_partly"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """``security`` is starttls or tls; ``recipients`` get every reminder and every launch."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    login: str = ""
    sender: str = ""
    recipients: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.host and self.sender and self.recipients)


MAIL_KEYS = ("host", "port", "security", "login", "sender", "recipients")


def mail_settings(session: Session) -> MailSettings:
    """What stands in the settings ``mail.…``; a port that is no number counts as the usual one."""
    keys = {f"mail.{key}": key for key in MAIL_KEYS}
    rows = session.execute(select(Setting.key, Setting.value).where(Setting.key.in_(keys)))
    told: dict[str, Any] = {keys[key]: value for key, value in rows if value}
    told["port"] = int(told["port"]) if str(told.get("port", "")).isdecimal() else 587
    return MailSettings(**told)


def compose(
    session: Session, now: datetime, cause: str, values: Mapping[str, Any], where: tuple[str, str] = ("", "")
) -> None:
    """Put a message into the outbox, in the caller's transaction: both languages, no patient. Nothing without settings.

    ``where`` is the department in Chinese and English.
    """
    settings = mail_settings(session)
    if not settings.is_complete:
        return
    spoken = {
        language: text(f"mail.{cause}.text", language, **values, where=place)
        for language, place in (("zh", where[0]), ("en", where[1]))
    }
    domain = settings.sender.rpartition("@")[2] or "localhost"
    mail = Mail(
        message_id=f"<{uuid.uuid4().hex}@{domain}>",
        recipients=settings.recipients,
        subject=text(f"mail.{cause}.subject", "zh", **values, where=where[0])[:200],
        body=f"{spoken['zh']}\n\n{spoken['en']}\n",
        cause=cause,
        composed_at=now,
        state=MailState.WAITING,
        tries=0,
        next_try_at=now,
        claimed_fence=0,
        trouble="",
    )
    session.add(mail)


class Post(Protocol):
    """Hands one message to a server.

    Raises MailRefusedError (certainly not taken), MailPartlyError (not for some) or MailUnsureError.
    """

    def __call__(self, settings: MailSettings, message: EmailMessage, recipients: list[str]) -> None: ...


class Mailing:
    """Claims a message, speaks to the server, and notes what came of it: three transactions' worth of caution.

    A message found claimed when a run begins was cut off in the middle: nobody knows whether the server took it, so it
    is said and not sent again.
    """

    name = "mail"
    every = timedelta(seconds=15)

    def __init__(self, clock: Clock, post: Post | None = None) -> None:
        self._clock, self._post = clock, post or post_by_smtp

    def run(self, leasing: Leasing, lease: Lease) -> Ran:
        """What could not be sent is in ``troubles``."""
        with leasing.acting(lease) as session:
            settings = mail_settings(session)
            for mail in session.scalars(select(Mail).where(Mail.state == MailState.SENDING)):
                mail.state, mail.trouble = MailState.UNSURE, CUT_OFF
            waiting = list(
                session.scalars(
                    select(Mail.id)
                    .where(Mail.state == MailState.WAITING, Mail.next_try_at <= self._clock())
                    .order_by(Mail.id)
                    .limit(AT_ONCE)
                )
            )
        if not settings.is_complete:
            return UNSET
        troubles: list[DeviceError] = []
        for mail_id in waiting:
            trouble = self._send(leasing, lease, settings, mail_id)
            if trouble is not None:
                troubles.append(trouble)
        ended = JobEnd.FAILED if troubles else JobEnd.DONE
        return Ran(ended, len(waiting) - len(troubles), tuple(troubles[:3]))

    def _send(self, leasing: Leasing, lease: Lease, settings: MailSettings, mail_id: int) -> DeviceError | None:
        with leasing.acting(lease) as session:
            mail = session.get_one(Mail, mail_id)
            if mail.state is not MailState.WAITING:
                return None
            mail.state, mail.tries, mail.claimed_fence = MailState.SENDING, mail.tries + 1, lease.fence
            message, recipients = _message(settings, mail), mail.recipients.replace(";", ",").split(",")
        trouble: DeviceError | None = None
        try:
            self._post(settings, message, [one.strip() for one in recipients if one.strip()])
        except (MailRefusedError, MailPartlyError, MailUnsureError) as error:
            trouble = error
        with leasing.acting(lease) as session:
            mail = session.get_one(Mail, mail_id)
            _settle(mail, trouble, self._clock())
            if isinstance(trouble, MailPartlyError):
                session.add(_for_the_rest(mail, trouble, self._clock()))
        return trouble


def _settle(mail: Mail, trouble: DeviceError | None, now: datetime) -> None:
    mail.trouble = str(trouble.values.get("reason", ""))[:400] if trouble else ""
    if trouble is None or isinstance(trouble, MailPartlyError):
        mail.state, mail.sent_at = MailState.SENT, now
        return
    if isinstance(trouble, MailUnsureError):
        mail.state = MailState.UNSURE
        return
    mail.state = MailState.WAITING if mail.tries < MOST_TRIES else MailState.GIVEN_UP
    mail.next_try_at = now + _rest(mail)


def _for_the_rest(mail: Mail, trouble: MailPartlyError, now: datetime) -> Mail:
    """The same text as a message of its own, for those alone whom the server did not take."""
    return Mail(
        message_id=f"<{uuid.uuid4().hex}@{mail.message_id.rpartition('@')[2]}",
        recipients=str(trouble.values["left"]),
        subject=mail.subject,
        body=mail.body,
        cause=mail.cause,
        composed_at=mail.composed_at,
        state=MailState.WAITING,
        tries=0,
        next_try_at=now + _rest(mail),
        claimed_fence=0,
        trouble="",
    )


def _rest(mail: Mail) -> timedelta:
    return min(FIRST_REST * 2 ** (mail.tries - 1), LONGEST_REST)


def _message(settings: MailSettings, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"], message["Date"] = mail.message_id, format_datetime(mail.composed_at)
    message["From"], message["To"], message["Subject"] = settings.sender, mail.recipients, mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def post_by_smtp(settings: MailSettings, message: EmailMessage, recipients: list[str]) -> None:
    """Over TLS with the machine's certificates; ``RECALLDESK_SMTP_CA`` names another authority's file."""
    context = ssl.create_default_context(cafile=os.environ.get("RECALLDESK_SMTP_CA") or None)
    told = {"host": settings.host, "number": hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:8]}
    is_handed_over = False
    try:
        line = _line(settings, context)
        try:
            if settings.login:
                line.login(settings.login, _password())
            is_handed_over = True
            refused = line.send_message(message, settings.sender, recipients)
        finally:
            line.close()  # what the server answers to a farewell changes nothing
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        is_said = isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
        kind = MailUnsureError if is_handed_over and not is_said else _refusal(error)
        raise kind(**told, reason=str(error)) from error
    if refused:
        reasons = "; ".join(f"{who}: {code} {said.decode(errors='replace')}" for who, (code, said) in refused.items())
        raise MailPartlyError(**told, left=", ".join(refused), reason=reasons)


_EXPIRED, _OTHER_HOST = (9, 10), 62
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID, _CERT_HAS_EXPIRED, _HOSTNAME_MISMATCH."""


def _refusal(error: OSError) -> type[MailRefusedError]:
    """Each trouble before the text was handed over by its own name."""
    if isinstance(error, ssl.SSLCertVerificationError):
        kinds = dict.fromkeys(_EXPIRED, MailExpiredError) | {_OTHER_HOST: MailOtherHostError}
        return kinds.get(error.verify_code, MailUntrustedError)
    if isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLError):
        return MailNoTlsError
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailLoginError
    is_away = isinstance(error, ConnectionError | TimeoutError | socket.gaierror | smtplib.SMTPServerDisconnected)
    return MailAwayError if is_away else MailRefusedError


def _line(settings: MailSettings, context: ssl.SSLContext) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=PATIENCE, context=context)
    line = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE)
    try:
        line.starttls(context=context)
    except (smtplib.SMTPException, OSError):
        line.close()
        raise
    return line


def _password() -> str:
    path = os.environ.get(CREDENTIAL_FILE, "")
    return Path(path).read_text(encoding="utf-8").strip() if path else ""
