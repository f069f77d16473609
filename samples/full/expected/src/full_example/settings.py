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
    # Without a password: give one here, or by libpq's own means (PGPASSWORD, ~/.pgpass).
    database_url: str = Field(
        "postgresql+psycopg://localhost/full_example",
        repr=False,
    )
    database_pool_size: int = 10
    database_max_overflow: int = 20

    # Background tasks
    celery_broker_url: str = Field("redis://localhost:6379/0", repr=False)
    celery_result_backend: str = Field("redis://localhost:6379/1", repr=False)
    # After this many seconds the task of a worker that is gone is given to another one. No task may
    # take longer, or it is done twice.
    celery_visibility_timeout: int = 3600

    # Accounts
    secret_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    access_token_minutes: int = 15
    refresh_token_days: int = 14
    # Where attempts to sign in are counted: with several processes, a Redis that all of them use.
    rate_limit_storage: str = Field("memory://", repr=False)
    # Where browsers reach this program: providers send them back there.
    public_url: str = Field("http://localhost:8000", repr=False)
    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    github_client_id: str = ""
    github_client_secret: SecretStr = SecretStr("")

    # What the program tells about itself
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    # 0: nowhere
    worker_metrics_port: int = 0
    # Where traces go (OTLP over HTTP), for example http://localhost:4318; empty: nowhere.
    otlp_endpoint: str = ""
    trace_sample_ratio: float = 1.0

    @model_validator(mode="after")
    def _refuse_what_production_must_not_have(self) -> Self:
        if self.environment != "production":
            return self
        if "*" in self.cors_origins:
            raise ValueError("CORS_ORIGINS must name the origins in production")
        key = self.secret_key.get_secret_value()
        if key == DEVELOPMENT_KEY or len(key) < 32:
            raise ValueError("SECRET_KEY must be a random value of 32 characters or more")
        client = self.google_client_id or self.github_client_id
        # Whoever reads along would get what a provider sends back.
        if client and not self.public_url.startswith("https://"):
            raise ValueError("PUBLIC_URL must begin with https:// in production")
        return self
