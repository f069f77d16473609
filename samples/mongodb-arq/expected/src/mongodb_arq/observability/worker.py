"""What a worker tells about itself."""

from mongodb_arq.observability.logging import configure_logging
from mongodb_arq.settings import Settings


def install(settings: Settings) -> None:
    """Make the process tell what it does."""
    configure_logging(settings)
