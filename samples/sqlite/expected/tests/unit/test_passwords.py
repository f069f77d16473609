import pytest

from small_service.auth import passwords

GOOD = "correct horse battery staple"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Sh0rt!", "at least 12"),
        ("abababababab" * 6, "different characters"),
        ("Password1234" * 12, "at most"),
        ("my-name-is-ada.lovelace-yes-it-is-and-it-is-long-enough-for-all", "e-mail"),
    ],
)
def test_bad_password_is_refused(password: str, reason: str) -> None:
    assert reason in (passwords.find_weakness(password, "ada.lovelace@example.org") or "")


def test_password_that_everybody_uses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "MIN_LENGTH", 12)
    assert "tried first" in (passwords.find_weakness("PasswordPassword", "a@example.org") or "")


def test_good_password_is_accepted() -> None:
    assert passwords.find_weakness(GOOD * 2, "ada@example.org") is None


def test_hash_is_argon2id_and_salted() -> None:
    first, second = passwords.hash_password(GOOD), passwords.hash_password(GOOD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert GOOD not in first


def test_only_the_right_password_is_right() -> None:
    kept = passwords.hash_password(GOOD)
    assert passwords.check_password(GOOD, kept)[0]
    assert not passwords.check_password(GOOD + "!", kept)[0]
    assert not passwords.check_password(GOOD, None)[0]
