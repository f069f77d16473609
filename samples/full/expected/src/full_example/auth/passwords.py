"""Passwords: which are good enough, and how they are kept."""

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DIFFERENT = 5
# What is tried first, in the forms that are long enough.
COMMON = frozenset(
    {
        "123456789012",
        "1234567890123",
        "123456789abc",
        "administrator",
        "changeme1234",
        "iloveyou1234",
        "letmeinplease",
        "password1234",
        "passwordpassword",
        "qwertyuiop12",
        "qwertyuiop123",
        "welcome12345",
    }
)

hasher = PasswordHash([Argon2Hasher()])
# Compared with when there is no such account, so that the answer takes as long.
_DUMMY = hasher.hash("no account has this password")


def find_weakness(password: str, email: str) -> str | None:
    """Say what is wrong with a new password, if anything is."""
    lower = password.lower()
    if len(password) < MIN_LENGTH:
        return f"The password must have at least {MIN_LENGTH} characters."
    if len(password) > MAX_LENGTH:
        return f"The password must have at most {MAX_LENGTH} characters."
    if len(set(lower)) < MIN_DIFFERENT:
        return f"The password must have at least {MIN_DIFFERENT} different characters."
    if lower in COMMON:
        return "The password is one of those that are tried first."
    if email.split("@")[0].lower() in lower:
        return "The password must not contain the name of the e-mail address."
    return None


def hash_password(password: str) -> str:
    """Turn a password into what is kept: a hash, from which nobody gets it back."""
    return hasher.hash(password)


def check_password(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Tell whether a password is right, and what to keep from now on if that changed."""
    if kept is None:
        hasher.verify(password, _DUMMY)
        return False, None
    return hasher.verify_and_update(password, kept)
