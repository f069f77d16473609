import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from accounts_on_mysql.auth.jwt import (
    AUDIENCE,
    ISSUER,
    InvalidTokenError,
    make_access_token,
    read_access_token,
)
from accounts_on_mysql.settings import Settings

SETTINGS = Settings(_env_file=None)
KEY = SETTINGS.secret_key.get_secret_value()
FAMILY = uuid.UUID(int=1)


def make_claims(**changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    claims = {
        "sub": "1",
        "family": str(FAMILY),
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + timedelta(minutes=1),
        "jti": "x",
    }
    claims |= changes
    return {name: value for name, value in claims.items() if value is not None}


def test_token_says_who_it_is_for() -> None:
    token = make_access_token(7, FAMILY, SETTINGS, datetime.now(UTC))
    claims = read_access_token(token, SETTINGS)
    assert (claims.sub, claims.family) == (7, FAMILY)


def test_token_expires() -> None:
    then = datetime.now(UTC) - timedelta(minutes=SETTINGS.access_token_minutes, seconds=1)
    with pytest.raises(InvalidTokenError):
        read_access_token(make_access_token(7, FAMILY, SETTINGS, then), SETTINGS)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(jwt.encode(make_claims(), "", "none"), id="not signed"),
        pytest.param(jwt.encode(make_claims(), "x" * 64, "HS256"), id="another key"),
        pytest.param(jwt.encode(make_claims(), KEY, "HS384"), id="another algorithm"),
        pytest.param(jwt.encode(make_claims(aud="other"), KEY, "HS256"), id="another audience"),
        pytest.param(jwt.encode(make_claims(iss="other"), KEY, "HS256"), id="another issuer"),
        pytest.param(jwt.encode(make_claims(exp=None), KEY, "HS256"), id="never expires"),
        pytest.param(jwt.encode(make_claims(jti=None), KEY, "HS256"), id="no identity"),
        pytest.param(jwt.encode(make_claims(sub="x"), KEY, "HS256"), id="nobody"),
        pytest.param("not.a.token", id="no token"),
    ],
)
def test_forged_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidTokenError):
        read_access_token(token, SETTINGS)
