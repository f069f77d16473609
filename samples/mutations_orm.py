"""The faults that mutations.py puts into the samples with other libraries for the database."""

from dataclasses import replace

from mutations_list import INTEGRATION, Fault

TORTOISE = "src/mysql_tortoise_rq"
BEANIE = "src/mongodb_arq"
READY = Fault(
    "a check that must be waited for is forgotten",
    f"{TORTOISE}/api/health.py",
    "await waiting",
    "pass",
    "tests/e2e/test_readiness.py",
)

TORTOISE_FAULTS = [
    Fault(
        "tests leave something behind",
        "tests/fixtures/database.py",
        "asyncio.run(remove_rows(migrated_database))",
        "pass",
        f"{INTEGRATION}/database/test_isolation.py",
    ),
    Fault(
        "the pool has another size",
        f"{TORTOISE}/database/config.py",
        'options["maxsize"] = settings.database_pool_size',
        'options["maxsize"] = 5',
        f"{INTEGRATION}/database/test_config.py",
    ),
    Fault(
        "SQLite gives up at once",
        f"{TORTOISE}/database/config.py",
        'options["busy_timeout"] = 5000',
        'options["busy_timeout"] = 0',
        f"{INTEGRATION}/database/test_config.py",
    ),
    Fault(
        "a column has no migration",
        f"{TORTOISE}/database/models.py",
        "    text = fields.TextField",
        "    more = fields.IntField(default=0)\n    text = fields.TextField",
        f"{INTEGRATION}/database/test_migrations.py",
    ),
    Fault(
        "more than the newest step is taken back",
        f"{TORTOISE}/database/migrate.py",
        'taken[-2] if len(taken) > 1 else "__first__"',
        '"__first__"',
        f"{INTEGRATION}/database/test_migrations.py",
    ),
    Fault(
        "a change does not change its time",
        f"{TORTOISE}/database/base.py",
        "auto_now=True",
        "auto_now_add=True",
        f"{INTEGRATION}/database/test_models.py",
    ),
    Fault(
        "a title that is known is a crash",
        f"{TORTOISE}/api/notes.py",
        "except IntegrityError as error:",
        "except ZeroDivisionError as error:",
        f"{INTEGRATION}/test_notes.py",
    ),
    Fault(
        "it says to be ready without its database",
        f"{TORTOISE}/database/config.py",
        'await get_connection("default").execute_query("SELECT 1")',
        "pass",
        "tests/e2e/test_readiness.py",
    ),
    READY,
]

BEANIE_FAULTS = [
    Fault(
        "tests leave something behind",
        "tests/fixtures/database.py",
        "database[name].delete_many({})",
        "pass",
        f"{INTEGRATION}/database/test_isolation.py",
    ),
    Fault(
        "the pool has another size",
        f"{BEANIE}/database/config.py",
        '"maxPoolSize": settings.database_pool_size',
        '"maxPoolSize": 7',
        f"{INTEGRATION}/database/test_config.py",
    ),
    Fault(
        "a step makes an index that is not unique",
        f"{BEANIE}/database/migrations/0001_notes.py",
        "unique=True",
        "unique=False",
        f"{INTEGRATION}/database/test_models.py",
    ),
    Fault(
        "an index has no migration",
        f"{BEANIE}/database/models.py",
        "indexes = [",
        'indexes = [IndexModel([("text", ASCENDING)], name="text"), ',
        f"{INTEGRATION}/database/test_migrations.py",
    ),
    Fault(
        "more than the newest step is taken back",
        f"{BEANIE}/database/migrate.py",
        "RunningDirections.BACKWARD, 1",
        "RunningDirections.BACKWARD, EVERY",
        f"{INTEGRATION}/database/test_migrations.py",
    ),
    Fault(
        "a change does not change its time",
        f"{BEANIE}/database/base.py",
        "max(now(), self.updated_at + MILLISECOND)",
        "self.updated_at",
        f"{INTEGRATION}/database/test_models.py",
    ),
    Fault(
        "a title that is known is a crash",
        f"{BEANIE}/api/notes.py",
        "except DuplicateKeyError as error:",
        "except ZeroDivisionError as error:",
        f"{INTEGRATION}/test_notes.py",
    ),
    Fault(
        "after a failure it never connects again",
        f"{BEANIE}/database/config.py",
        "if self._opening is None or (self._opening.done() and self._opening.exception()):",
        "if self._opening is None:",
        f"{INTEGRATION}/database/test_config.py",
    ),
]

ORM_FAULTS = [
    *(replace(fault, sample="mysql-tortoise-rq") for fault in TORTOISE_FAULTS),
    *(replace(fault, sample="mongodb-arq") for fault in BEANIE_FAULTS),
]
