"""Whether a password is the one of which a fingerprint was kept: what SCRAM's key of it digests to (RFC 5802, 7677)."""

import base64
import hashlib
import hmac
import stringprep
import unicodedata


def is_fingerprint_of(kept: str, password: str) -> bool:
    """``kept`` is ``rounds:salt$digest``, as the wall's ``password_kept`` writes it; anything else is nobody's."""
    rounds_and_salt, _, digest = kept.partition("$")
    rounds, _, salt = rounds_and_salt.partition(":")
    if not rounds.isdecimal() or not salt:
        return False
    salted = hashlib.pbkdf2_hmac("sha256", prepared(password), base64.b64decode(salt), int(rounds))
    stored_key = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    return hmac.compare_digest(hashlib.sha256(stored_key).hexdigest(), digest)


def prepared(password: str) -> bytes:
    """As PostgreSQL takes it: SASLprep (RFC 4013), or just as typed where that forbids it."""
    if password.isascii():
        return password.encode()
    mapped = "".join(
        " " if stringprep.in_table_c12(one) else one for one in password if not stringprep.in_table_b1(one)
    )
    told = unicodedata.normalize("NFKC", mapped)
    return (password if any(map(_is_forbidden, told)) else told).encode()


def _is_forbidden(letter: str) -> bool:
    return stringprep.in_table_a1(letter) or stringprep.in_table_c21_c22(letter) or stringprep.in_table_c3(letter)
