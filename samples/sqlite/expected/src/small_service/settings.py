"""What differs between one place where the program runs and another: read from the environment.

Each field is a variable of the same name in capitals, in the environment or in a file `.env`.
"""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# For development only: in production the program does not start with it.
DEVELOPMENT_KEY = "development-key-that-everybody-knows-and-production-refuses"


class Settings(BaseSettings):
    """The settings of a process; made once, when it starts."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        # What is wrong with a value may be told, the value may be a password.
        hide_input_in_errors=True,
    )

    environment: Literal["development", "test", "production"] = "development"

    # The HTTP interface
    host: str = "127.0.0.1"
    port: int = 8000
    forwarded_allow_ips: str = "127.0.0.1"
    allowed_hosts: list[str] = ["*"]
    cors_origins: list[str] = []
    force_https: bool = False
    max_body_bytes: int = 1_048_576
    ready_timeout_seconds: float = 2.0

    # The database
    database_url: str = Field(
        "sqlite:///small_service.db",
        repr=False,
    )

    # Background tasks
    queue_url: str = Field("redis://localhost:6379/0", repr=False)
    # What its names in Redis begin with: each program that shares a Redis needs its own.
    queue_name: str = "small_service"
    # A task that takes longer is ended.
    queue_time_limit_seconds: int = 600
    # A worker that gives no sign of life for so long is lost, and another one does its tasks.
    queue_lost_seconds: int = 60

    # Accounts
    secret_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    session_days: int = 14
    session_idle_hours: int = 24
    # Where attempts to sign in are counted: with several processes, a Redis that all of them use.
    rate_limit_storage: str = Field("memory://", repr=False)
    # Where browsers reach this program: providers send them back there.
    public_url: str = Field("http://localhost:8000", repr=False)
    github_client_id: str = ""
    github_client_secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _refuse_what_production_must_not_have(self) -> Self:
        if self.environment != "production":
            return self
        if "*" in self.cors_origins:
            raise ValueError("CORS_ORIGINS must name the origins in production")
        key = self.secret_key.get_secret_value()
        if key == DEVELOPMENT_KEY or len(key) < 32:
            raise ValueError("SECRET_KEY must be a random value of 32 characters or more")
        client = self.github_client_id
        # Whoever reads along would get what a provider sends back.
        if client and not self.public_url.startswith("https://"):
            raise ValueError("PUBLIC_URL must begin with https:// in production")
        return self
