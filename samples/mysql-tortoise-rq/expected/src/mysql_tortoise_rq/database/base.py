"""What all tables share."""

from tortoise import Model, fields


class Timestamps(Model):
    """Columns that say, in UTC, when a row was made and last changed."""

    created_at = fields.DatetimeField(auto_now_add=True)
    updated_at = fields.DatetimeField(auto_now=True)

    class Meta:
        abstract = True
