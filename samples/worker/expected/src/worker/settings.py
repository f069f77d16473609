"""What differs between one place where the program runs and another: read from the environment.

Each field is a variable of the same name in capitals, in the environment or in a file `.env`.
"""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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

    # Background tasks
    celery_broker_url: str = Field("redis://localhost:6379/0", repr=False)
    celery_result_backend: str = Field("redis://localhost:6379/1", repr=False)
    # After this many seconds the task of a worker that is gone is given to another one. No task may
    # take longer, or it is done twice.
    celery_visibility_timeout: int = 3600

    # What the program tells about itself
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    # 0: nowhere
    worker_metrics_port: int = 0
