"""Writes rows to the database."""

from collections.abc import Sequence

from django.db import connections, transaction

from .models import Entry
from .rows import Row


def write_batch(rows: Sequence[Row], using: str) -> None:
    """Write all of these rows, or none; one whose name is known replaces the old one.

    Args:
        rows: what is written, in one transaction.
        using: which of the project's databases takes it.
    """
    # No statement may change a row twice: of several with one name the last one counts.
    latest = {row.name: row for row in rows}
    # In order, so that two commands at a time never wait for each other in a circle.
    entries = [
        Entry(name=name, quantity=latest[name].quantity) for name in sorted(latest)
    ]
    # MySQL looks at every unique column and must not be told which.
    features = connections[using].features
    unique = ["name"] if features.supports_update_conflicts_with_target else None
    # What is added here belongs to the batch, too.
    with transaction.atomic(using=using):
        Entry.objects.using(using).bulk_create(
            entries,
            update_conflicts=True,
            update_fields=["quantity", "updated_at"],
            unique_fields=unique,
        )
