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
    queue_url: str = Field("redis://localhost:6379/0", repr=False)
    # What its names in Redis begin with: each program that shares a Redis needs its own.
    queue_name: str = "coroutines"
    # A task that takes longer is ended.
    queue_time_limit_seconds: int = 600
