"""The faults that acceptance_django.py puts into what the generators for Django wrote.

Each is found by tests that came with it; the last ones by a real worker.
"""

from dataclasses import dataclass

COMMAND = "management/commands/import_books.py"


@dataclass(frozen=True)
class Fault:
    """A fault in a file of an app, and what finds it: its tests, or a check of django_worker.py."""

    title: str
    app: str
    file: str
    old: str
    new: str
    tests: str


FAULTS = [
    Fault(
        "batches have no limit",
        "import_books",
        COMMAND,
        "if len(batch) >= self.batch_size:",
        "if False:",
        "test_command",
    ),
    Fault(
        "the exit code says that all is well",
        "import_books",
        COMMAND,
        "if count.refused:",
        "if False:",
        "test_command",
    ),
    Fault(
        "a dry run writes",
        "import_books",
        COMMAND,
        "if not self.dry_run:",
        "if True:",
        "test_command",
    ),
    Fault(
        "a signal breaks a batch off",
        "import_books",
        "stopper.py",
        "self._busy = True",
        "self._busy = False",
        "test_command",
    ),
    Fault(
        "queries are kept",
        "import_books",
        COMMAND,
        "                reset_queries()\n",
        "",
        "test_command",
    ),
    Fault(
        "rows that are known are no more than ignored",
        "import_books",
        "writer.py",
        "            update_conflicts=True,\n"
        '            update_fields=["quantity", "updated_at"],\n'
        "            unique_fields=unique,\n",
        "            ignore_conflicts=True,\n",
        "test_command",
    ),
    Fault(
        "the whole file is in memory",
        "import_books",
        "rows.py",
        "csv.reader(lines, strict=True)",
        "csv.reader(list(lines), strict=True)",
        "test_rows",
    ),
    Fault(
        "a batch is no transaction",
        "send_mail",
        "orders.py",
        "with transaction.atomic(using=router.db_for_write(Order)):",
        "if router.db_for_write(Order):",
        "test_orders",
    ),
    Fault(
        "two workers do not wait for each other",
        "send_mail",
        "orders.py",
        "        orders.exclude(state=Order.State.DONE).update(state=Order.State.RUNNING)\n",
        "",
        "test_orders",
    ),
    Fault(
        "an order that broke off begins anew",
        "send_mail",
        "orders.py",
        "items[order.done : order.done + batch_size]",
        "items[:batch_size]",
        "test_orders",
    ),
    Fault(
        "a key names several orders",
        "send_mail",
        "orders.py",
        "if not is_new and order.items != wanted:",
        "if False:",
        "test_orders",
    ),
    Fault(
        "what is done is done again",
        "send_mail",
        "orders.py",
        "while order.state != Order.State.DONE:",
        "order.done, order.state = 0, Order.State.RUNNING\n"
        "    orders = Order.objects.filter(key=key)\n"
        "    orders.update(done=0, state=order.state)\n"
        "    while order.state != Order.State.DONE:",
        "test_tasks",
    ),
    Fault(
        "an order may kill workers for ever",
        "send_mail",
        "orders.py",
        'tries=F("tries") + 1',
        'tries=F("tries")',
        "test_orders",
    ),
    Fault(
        "no error is tried again",
        "send_mail",
        "tasks.py",
        "autoretry_for=PASSING",
        "autoretry_for=()",
        "test_tasks",
    ),
    Fault(
        "pauses do not grow",
        "send_mail",
        "tasks.py",
        "    retry_backoff=conf.RETRY_SECONDS,\n",
        "",
        "test_tasks",
    ),
    Fault(
        "all come back at once",
        "send_mail",
        "tasks.py",
        "retry_jitter=True",
        "retry_jitter=False",
        "test_tasks",
    ),
    Fault(
        "the queue gets what was rolled back",
        "send_mail",
        "tasks.py",
        "transaction.on_commit(lambda: run.delay(key), using=using)",
        "run.delay(key)",
        "test_tasks",
    ),
    Fault(
        "the task is in everybody's queue",
        "send_mail",
        "tasks.py",
        'options.setdefault("queue", QUEUE)',
        "pass",
        "test_tasks",
    ),
]
REAL_FAULTS = [
    Fault(
        "the queue forgets orders at once",
        "send_mail",
        "tasks.py",
        "acks_late=True",
        "acks_late=False",
        "kill_worker",
    ),
    Fault(
        "the orders of dead processes are forgotten",
        "send_mail",
        "tasks.py",
        "reject_on_worker_lost=True",
        "reject_on_worker_lost=False",
        "kill_process",
    ),
]
