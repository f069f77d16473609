"""The faults that acceptance_generators.py --faults puts into what generators wrote.

The tests that came with an addition must find each; the file or the one test that does is named.
Additions know nothing of each other: so each gets one fault at a time, all of them at once, and one
run of pytest finds them.
"""

import subprocess
from itertools import zip_longest
from pathlib import Path

from check import Checker, CheckError
from mutations_list import INTEGRATION, SRC, Fault

WORKER = f"{SRC}/send_mail"
JOB = f"{SRC}/nightly_report"
COMMAND = f"{SRC}/import_rows"
FEATURE = f"{SRC}/word_count"
SPARK = f"{SRC}/sum_sales"
UNIT = "tests/unit"
E2E = "tests/e2e"

WORKER_FAULTS = [
    Fault(
        "an order is tried once more than it should be",
        f"{WORKER}/tasks.py",
        "max_retries=settings.max_retries",
        "max_retries=settings.max_retries + 1",
        f"{UNIT}/test_send_mail.py",
    ),
    Fault(
        "all orders that failed come back at once",
        f"{WORKER}/tasks.py",
        "retry_jitter=True",
        "retry_jitter=False",
        f"{UNIT}/test_send_mail.py",
    ),
    Fault(
        "the pauses between tries of an order do not grow",
        f"{WORKER}/tasks.py",
        "retry_backoff=settings.retry_seconds",
        "retry_backoff=False",
        f"{UNIT}/test_send_mail.py",
    ),
    Fault(
        "an order that broke off begins anew",
        f"{WORKER}/work.py",
        "results.known(list(batch))",
        "set[str]()",
        f"{UNIT}/test_send_mail.py",
    ),
    Fault(
        "two workers do the same order at once",
        f"{WORKER}/tasks.py",
        'once(f"{QUEUE}:{parsed.key}")',
        'once(f"{QUEUE}:{parsed.key}:{id(self.request)}")',
        f"{E2E}/test_send_mail.py::test_worker_gives_up_after_the_last_try",
    ),
]
JOB_FAULTS = [
    Fault(
        "two runs of a job go on at once",
        f"{JOB}/state.py",
        "if not lock.acquire(blocking=False):\n            raise BusyError(self._name)",
        "lock.acquire(blocking=False)",
        f"{E2E}/test_nightly_report.py::test_second_run_at_the_same_time_is_refused",
    ),
    Fault(
        "the last success of a job is forgotten",
        f"{JOB}/job.py",
        "last_success=datetime.now(UTC).isoformat()",
        "last_success=progress.last_success",
        f"{E2E}/test_nightly_report.py",
    ),
    Fault(
        "a job that was stopped begins anew",
        f"{JOB}/state.py",
        "Progress(**json.loads(text)) if text else Progress()",
        "Progress()",
        f"{E2E}/test_nightly_report.py::test_run_that_is_stopped_goes_on_later",
    ),
    Fault(
        "a job that was stopped says that it is done",
        f"{JOB}/__main__.py",
        "Outcome.STOPPED: 75",
        "Outcome.STOPPED: 0",
        f"{E2E}/test_nightly_report.py::test_process_that_is_asked_to_end_finishes_its_batch",
    ),
    Fault(
        "a job is due by the clock of another time zone",
        f"{JOB}/schedule.py",
        "time(hour, minute), zone)",
        "time(hour, minute), UTC)",
        f"{UNIT}/test_nightly_report.py",
    ),
]
COMMAND_FAULTS = [
    Fault(
        "half a batch is kept when the other half fails",
        f"{COMMAND}/sink.py",
        "        latest = {row.name: row for row in rows}\n",
        "        for row in rows[:-1]:\n            self.write([row])\n"
        "        latest = {row.name: row for row in rows[-1:]}\n",
        f"{INTEGRATION}/test_import_rows.py",
    ),
    Fault(
        "a command says nothing of rows that it refused",
        f"{COMMAND}/command.py",
        "return 1 if count.refused else 0",
        "return 0",
        f"{E2E}/test_import_rows.py::test_refused_rows_are_told_by_the_exit_code",
    ),
    Fault(
        "a dry run writes",
        f"{COMMAND}/command.py",
        "    if dry:\n",
        "    if dry is None:\n",
        f"{E2E}/test_import_rows.py::test_dry_run_writes_nothing",
    ),
]
FEATURE_FAULTS = [
    Fault(
        "a feature answers that all is done while a worker is still to do it",
        f"{FEATURE}/router.py",
        "status_code=202",
        "status_code=201",
        f"{INTEGRATION}/test_word_count.py",
    ),
    Fault(
        "a feature keeps a text that nobody will work on",
        f"{FEATURE}/router.py",
        "service.discard(row.id)",
        "pass",
        f"{INTEGRATION}/test_word_count.py",
    ),
    Fault(
        "a feature shows what belongs to somebody else",
        f"{FEATURE}/service.py",
        "if row is None or row.user_id != user_id:",
        "if row is None:",
        f"{INTEGRATION}/test_word_count.py",
    ),
    Fault(
        "a feature works on a text again that is done",
        f"{FEATURE}/service.py",
        'if row.state != "done":',
        "if row.text:",
        f"{INTEGRATION}/test_word_count.py",
    ),
    Fault(
        "a feature's task has another result",
        f"{FEATURE}/work.py",
        ".finish(number).words",
        ".finish(number).id",
        f"{E2E}/test_word_count.py::test_worker_works_on_what_was_kept",
    ),
    Fault(
        "a feature's task is tried too seldom",
        f"{FEATURE}/tasks.py",
        "max_retries=settings.max_retries",
        "max_retries=settings.max_retries - 1",
        f"{UNIT}/test_word_count_tasks.py",
    ),
    Fault(
        "a feature's task has no time limit",
        f"{FEATURE}/tasks.py",
        "soft_time_limit=settings.timeout",
        "soft_time_limit=None",
        f"{UNIT}/test_word_count_tasks.py",
    ),
]
BUGFIX_FAULTS = [
    Fault(
        "a bug is fixed, and its test is still expected to fail",
        "tests/regression/test_greets_nobody.py",
        'return "what happens"',
        'return "what should happen"',
        "tests/regression/test_greets_nobody.py",
    ),
]
SPARK_FAULTS = [
    Fault(
        "a PySpark job that broke off begins anew",
        f"{SPARK}/job.py",
        "if day in repeated or not is_complete(output, day)",
        "if day",
        "tests/spark/test_sum_sales.py",
    ),
    Fault(
        "a PySpark job counts twice what it does again",
        f"{SPARK}/store.py",
        "old.quantity = batch.pop(old.product)",
        "old.quantity += batch.pop(old.product)",
        "tests/spark/test_sum_sales.py",
    ),
]
RQ_FAULTS = [
    Fault(
        "RQ tries a feature's task too seldom",
        "src/accounts_on_mysql/word_count/tasks.py",
        "Retry(settings.max_retries, pauses())",
        "Retry(1, pauses())",
        f"{INTEGRATION}/test_word_count_tasks.py",
    ),
    Fault(
        "RQ gives a feature's task the time of any other",
        "src/accounts_on_mysql/word_count/tasks.py",
        "timeout=settings.timeout",
        "timeout=540",
        f"{INTEGRATION}/test_word_count_tasks.py",
    ),
]
DRAMATIQ_FAULTS = [
    Fault(
        "Dramatiq tries a feature's task once more than it should",
        "src/small_service/word_count/tasks.py",
        "retries < settings.max_retries",
        "retries <= settings.max_retries",
        f"{UNIT}/test_word_count_tasks.py",
    ),
    Fault(
        "Dramatiq gives a feature's task a thousandth of its time",
        "src/small_service/word_count/tasks.py",
        "time_limit=settings.timeout * 1000",
        "time_limit=settings.timeout",
        f"{UNIT}/test_word_count_tasks.py",
    ),
]
ARQ_FAULTS = [
    Fault(
        "arq tries a feature's task too seldom",
        "src/small_service/word_count/tasks.py",
        "max_retries=settings.max_retries,\n    pause",
        "max_retries=1,\n    pause",
        f"{UNIT}/test_word_count_tasks.py",
    ),
    Fault(
        "arq gives a feature's task the time of any other",
        "src/small_service/word_count/tasks.py",
        "replace(known, timeout_s=settings.timeout)",
        "replace(known, timeout_s=540)",
        f"{UNIT}/test_word_count_tasks.py",
    ),
]
TORTOISE_FAULTS = [
    Fault(
        "a feature's text is worked on and not kept with Tortoise",
        "src/mysql_tortoise_rq/word_count/service.py",
        "await row.save()",
        "pass",
        f"{INTEGRATION}/test_word_count.py",
    ),
    Fault(
        "a feature's step and its model differ",
        "src/mysql_tortoise_rq/word_count/migrations/0001_data.py",
        "max_length=20",
        "max_length=30",
        f"{INTEGRATION}/database/test_migrations.py::test_models_and_migrations_agree",
    ),
]
BEANIE_FAULTS = [
    Fault(
        "a feature lists the newest first, and pages are lost",
        "src/mongodb_arq/word_count/service.py",
        'sort("+_id")',
        'sort("-_id")',
        f"{INTEGRATION}/test_word_count.py::test_they_come_in_pages",
    ),
    Fault(
        "a feature's task works again on what is done",
        "src/mongodb_arq/word_count/work.py",
        'if found["state"] != "done":',
        "if found:",
        f"{INTEGRATION}/test_word_count.py::test_what_is_done_is_not_worked_on_again",
    ),
]
# By the samples, or variants of samples, that get the additions; a list for each addition.
ADDED_FAULTS = {
    "full": [WORKER_FAULTS, JOB_FAULTS, COMMAND_FAULTS, FEATURE_FAULTS, BUGFIX_FAULTS],
    "mysql": [RQ_FAULTS],
    "sqlite": [DRAMATIQ_FAULTS],
    "sqlite with arq": [ARQ_FAULTS],
    "mysql-tortoise-rq": [TORTOISE_FAULTS],
    "mongodb-arq": [BEANIE_FAULTS],
}
# No fault takes longer to find than this.
PATIENCE = 300


def check_added_faults(
    checker: Checker, sample: str, project: Path, environment: dict[str, str], *, spark: bool
) -> None:
    """Put the faults into a project with all additions; their tests must find each."""
    lists = ADDED_FAULTS.get(sample, [])
    if spark and sample == "full":
        lists = [*lists, SPARK_FAULTS]
    for row in zip_longest(*lists):
        faults = [fault for fault in row if fault]
        told: list[str] = []
        checker.check(
            f"{sample}: {len(faults)} faults at once",
            lambda: told.append(try_faults(faults, project, environment)),
        )
        for fault in faults:
            checker.check(
                f"{sample}: found: {fault.title}", lambda f=fault: expect_found(f, "".join(told))
            )


def try_faults(faults: list[Fault], project: Path, environment: dict[str, str]) -> str:
    """Put faults in, run the tests that must find them, take them out again; return what was told."""
    texts = {fault.file: (project / fault.file).read_text("utf-8") for fault in faults}
    for fault in faults:
        if fault.old not in texts[fault.file]:
            raise CheckError(f"{fault.file} has no '{fault.old}'")
    try:
        for fault in faults:
            text = texts[fault.file].replace(fault.old, fault.new)
            (project / fault.file).write_text(text, "utf-8")
        return subprocess.run(
            ["uv", "run", "--no-sync", "pytest", "-q", "-p", "no:randomly", "-rf"]
            + [fault.check for fault in faults],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as error:
        raise CheckError(f"the tests took more than {PATIENCE} s") from error
    finally:
        for file, text in texts.items():
            (project / file).write_text(text, "utf-8")


def expect_found(fault: Fault, told: str) -> None:
    """Check that a test failed that must find a fault; that it could not be read is no finding."""
    if f"\nFAILED {fault.check}" not in told:
        raise CheckError(f"{fault.check} noticed nothing\n{told}")
