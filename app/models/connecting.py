"""How a PostgreSQL is reached, and what is said where it is not: each trouble told apart, in our words.

A password goes only to a server that has proved by its certificate who it is (``sslmode=verify-full``, the hospital's
own CA); over a socket of the same machine there is nobody in between. Anything less must be allowed by the installer,
for a trial, and is then said on the screen.
"""

import socket
import ssl
import struct
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from app.core.errors import AppError, RuleError, StorageError
from app.models.refusals import OutOfReachError

DOUBTFUL_SECONDS = 300
"""A workstation whose clock is further off would show deadlines wrong."""
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_WAIT = 3.0


class UnsafeConnectionError(StorageError):
    """``sslmode`` would let anybody in between read the password; ``host`` is not this machine."""

    code = "connecting.unsafe"


class UntrustedServerError(StorageError):
    """The server's certificate is not signed by the hospital's CA; ``reason`` is what the check said."""

    code = "connecting.untrusted"


class OtherHostError(StorageError):
    """The certificate is another host's than ``host``."""

    code = "connecting.other_host"


class ServerCertificateExpiredError(StorageError):
    """The server's certificate is over, or the workstation's clock is far ahead."""

    code = "connecting.server_expired"


class ServerCertificateAheadError(StorageError):
    """The server's certificate does not hold yet: most often the workstation's clock is behind."""

    code = "connecting.server_ahead"


class WorkstationCertificateError(StorageError):
    """The server does not take the workstation's own certificate: over, or signed by somebody else."""

    code = "connecting.own_certificate"


class NoEncryptionError(StorageError):
    """The server offers less than was asked for: no TLS, or no channel binding."""

    code = "connecting.no_encryption"


class NotAdmittedError(StorageError):
    """The server does not let this workstation or login in (pg_hba.conf, CONNECT)."""

    code = "connecting.not_admitted"


class FullServerError(StorageError):
    """All connections of the server are taken."""

    code = "connecting.full"


class WrongPasswordError(RuleError):
    """Login and password do not belong together; it is not said which of them is wrong."""

    code = "wrong_password"


class LoginEndedError(RuleError):
    """The account was ended by a security administrator."""

    code = "login_ended"


class WrongClockError(StorageError):
    """The workstation's clock is ``minutes`` off the server's."""

    code = "connecting.clock"


_TOLD: tuple[tuple[str, type[AppError]], ...] = (
    ("password authentication failed", WrongPasswordError),
    ("ldap authentication failed", WrongPasswordError),
    ("gss authentication failed", WrongPasswordError),
    ("no password supplied", WrongPasswordError),
    ("certificate authentication failed", WorkstationCertificateError),
    ("is not permitted to log in", LoginEndedError),
    ("does not exist", NotAdmittedError),
    ("permission denied for database", NotAdmittedError),
    ("no pg_hba.conf entry", NotAdmittedError),
    ("pg_hba.conf rejects", NotAdmittedError),
    ("too many connections", FullServerError),
    ("too many clients", FullServerError),
    ("remaining connection slots", FullServerError),
    ("does not support ssl", NoEncryptionError),
    ("channel binding", NoEncryptionError),
    ("does not match host name", OtherHostError),
    ("alert certificate expired", WorkstationCertificateError),
    ("alert unknown ca", WorkstationCertificateError),
    ("alert bad certificate", WorkstationCertificateError),
    ("certificate required", WorkstationCertificateError),
    ("could not read root certificate", UntrustedServerError),
    ("root certificate file", UntrustedServerError),
)
_BY_CODE = {9: ServerCertificateAheadError, 10: ServerCertificateExpiredError, 62: OtherHostError}
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID, _CERT_HAS_EXPIRED, _HOSTNAME_MISMATCH."""


def is_this_machine(url: URL) -> bool:
    """A socket in the file system; not the name localhost, which a resolver may send anywhere."""
    host = _asked(url, "host") or (url.host or "")
    return host.startswith(("/", "@"))


def demand_safe(url: URL, *, allows_plain: bool, by_directory: bool = False) -> URL:
    """The URL with what is safe filled in; a directory's passwords know no channel binding.

    Raises UnsafeConnectionError where it says less and nobody allowed it.
    """
    mode = _asked(url, "sslmode")
    if is_this_machine(url):
        return url
    if mode not in ("", "verify-full") and not allows_plain:
        raise UnsafeConnectionError(host=url.host or "-", sslmode=mode)
    if allows_plain:
        return url
    added = {"sslmode": "verify-full"}
    if not _asked(url, "sslcert") and not by_directory:
        added["channel_binding"] = "require"
    return url.update_query_dict(added)


def _asked(url: URL, name: str) -> str:
    value = url.query.get(name, "")
    return value if isinstance(value, str) else ",".join(value)


def trouble(error: psycopg.Error, url: URL) -> AppError:
    """Ours for what the driver says when a connection cannot be opened."""
    message = str(error).strip()
    lowered = message.lower()
    reason = message.splitlines()[-1] if message else "-"
    host = url.host or _asked(url, "host") or "-"
    found = next((kind for words, kind in _TOLD if words in lowered), None)
    if found is not None:
        return found(reason=reason, host=host)
    if "certificate verify failed" in lowered:
        return _why_not_trusted(url)(reason=reason, host=host)
    return OutOfReachError(reason=reason)


def _why_not_trusted(url: URL) -> type[AppError]:
    """libpq says only that the check failed: asked again by hand, which says why."""
    try:
        _greet(url)
    except ssl.SSLCertVerificationError as error:
        return _BY_CODE.get(error.verify_code, UntrustedServerError)
    except (OSError, ValueError):  # gone meanwhile, or a name that is none
        return UntrustedServerError
    return UntrustedServerError


def _greet(url: URL) -> None:
    """A TLS handshake as PostgreSQL begins it, and nothing more."""
    host, port = url.host or "localhost", url.port or 5432
    context = ssl.create_default_context(cafile=_asked(url, "sslrootcert") or None)
    with socket.create_connection((host, port), timeout=_WAIT) as plain:
        plain.sendall(_SSL_REQUEST)
        if plain.recv(1) != b"S":
            return
        secured: Any = context.wrap_socket(plain, server_hostname=host)
        secured.close()
