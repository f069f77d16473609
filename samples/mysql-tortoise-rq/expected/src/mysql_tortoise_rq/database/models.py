"""The tables."""

from tortoise import fields

from mysql_tortoise_rq.database.base import Timestamps


class Note(Timestamps):
    """A note: the example to replace with what this project keeps."""

    id = fields.IntField(primary_key=True)
    title = fields.CharField(max_length=200, unique=True)
    text = fields.TextField(default="")

    class Meta:
        table = "notes"
        table_description = "What people wrote down"
