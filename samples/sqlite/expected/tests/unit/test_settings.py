from pathlib import Path

import pytest
from pydantic import ValidationError

from small_service.settings import DEVELOPMENT_KEY, Settings

ROOT = Path(__file__).parents[2]


def names_in(example: str) -> list[str]:
    lines = [line.removeprefix("# ") for line in example.splitlines()]
    return [line.split("=")[0] for line in lines if "=" in line and " " not in line.split("=")[0]]


def test_example_names_every_setting_and_nothing_else() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    own, _, _added = example.partition("# scaffold:begin")
    assert sorted(names_in(own)) == sorted(name.upper() for name in Settings.model_fields)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "test")
    assert Settings(_env_file=None).environment == "test"


def test_unknown_value_is_refused_without_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "hunter2")
    with pytest.raises(ValidationError) as refusal:
        Settings(_env_file=None)
    assert "hunter2" not in str(refusal.value)


def test_addresses_with_passwords_are_not_shown() -> None:
    assert "://" not in repr(Settings(_env_file=None))


def test_production_refuses_requests_from_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("CORS_ORIGINS", '["*"]')
    with pytest.raises(ValidationError, match="CORS_ORIGINS"):
        Settings(_env_file=None)


@pytest.mark.parametrize("key", ["", "short", DEVELOPMENT_KEY])
def test_production_refuses_a_weak_key(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings(_env_file=None)


def test_production_wants_people_back_by_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("SECRET_KEY", "0123456789" * 4)
    monkeypatch.setenv("GITHUB_CLIENT_ID", "the-client")
    monkeypatch.setenv("PUBLIC_URL", "http://example.org")
    with pytest.raises(ValidationError, match="PUBLIC_URL"):
        Settings(_env_file=None)
    monkeypatch.setenv("PUBLIC_URL", "https://example.org")
    assert Settings(_env_file=None).environment == "production"
