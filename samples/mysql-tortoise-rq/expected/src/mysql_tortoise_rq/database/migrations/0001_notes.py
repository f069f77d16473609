"""Add the table of notes."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Note",
            fields=[
                ("created_at", fields.DatetimeField(auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True)),
                ("id", fields.IntField(primary_key=True, generated=True)),
                ("title", fields.CharField(max_length=200, unique=True)),
                ("text", fields.TextField(default="")),
            ],
            options={
                "table": "notes",
                "app": "models",
                "pk_attr": "id",
                "table_description": "What people wrote down",
            },
            bases=["Timestamps"],
        ),
    ]
