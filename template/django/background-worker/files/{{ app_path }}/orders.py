"""How an order is kept, done in batches, and looked at.

Each batch is one transaction: its results, and how far the order is. So it never counts
what it did not keep, and an order that broke off goes on behind its last whole batch.
"""

import logging
from collections.abc import Sequence

from django.db import router, transaction
from django.db.models import F

from .models import Order, Result
from .work import MOST_ITEMS, Item, MistakeError, count_words

logger = logging.getLogger(__name__)


class GivenUpError(Exception):
    """An order was tried too often without anything being done."""


def keep(key: str, items: Sequence[Item]) -> Order:
    """Keep an order that is to be done, and return it; one that failed is tried anew.

    Raises:
        MistakeError: another order has this key, or it is too large.
    """
    if not 0 < len(key) <= 200 or len(items) > MOST_ITEMS:
        raise MistakeError(f"expected a key, and at most {MOST_ITEMS} items")
    wanted = [item.as_json() for item in items]
    order, is_new = Order.objects.get_or_create(
        key=key, defaults={"items": wanted, "total": len(wanted)}
    )
    if not is_new and order.items != wanted:
        raise MistakeError(f"another order has the key '{key}'")
    if order.state == Order.State.FAILED:
        order.state, order.tries = Order.State.WAITING, 0
        order.save(update_fields=["state", "tries", "updated_at"])
    return order


def process(key: str, batch_size: int, max_tries: int) -> Order:
    """Do what is left of an order, and return how it is then.

    Args:
        key: names the order.
        batch_size: how many items are done in one transaction.
        max_tries: how often it is begun without a batch being done.

    Raises:
        GivenUpError: that was once too often.
    """
    # Counted first of all: an order that kills its worker is not tried for ever.
    left = Order.objects.filter(key=key).exclude(state=Order.State.DONE)
    left.update(state=Order.State.RUNNING, tries=F("tries") + 1)
    order = Order.objects.get(key=key)
    if order.state != Order.State.DONE and order.tries > max_tries:
        raise GivenUpError(f"nothing was done in {max_tries} tries")
    items = [Item(**item) for item in order.items]
    while order.state != Order.State.DONE:
        order = do_batch(key, items, batch_size)
    return order


def do_batch(key: str, items: Sequence[Item], batch_size: int) -> Order:
    """Do the next items of an order, all of them or none.

    Two workers may have the same order, when the queue took the first one for dead.
    Then they take turns, and each finds where the other one stopped.
    """
    orders = Order.objects.filter(key=key)
    with transaction.atomic(using=router.db_for_write(Order)):
        # A change locks the row on every database; SELECT FOR UPDATE does on some.
        orders.exclude(state=Order.State.DONE).update(state=Order.State.RUNNING)
        order = orders.defer("items").get()
        if order.state == Order.State.DONE:
            return order
        batch = items[order.done : order.done + batch_size]
        results = [
            Result(order=order, name=item.name, words=count_words(item))
            for item in batch
        ]
        # An item that is there twice is kept once.
        Result.objects.bulk_create(results, ignore_conflicts=True)
        order.done, order.tries = order.done + len(batch), 0
        if order.done >= order.total:
            order.state, order.error = Order.State.DONE, ""
        order.save(update_fields=["state", "done", "tries", "error", "updated_at"])
    logger.info("batch key=%s done=%d total=%d", key, order.done, order.total)
    return order


def note_error(key: str, state: Order.State, error: BaseException) -> None:
    """Keep why an order is not done; one that somebody else has done stays done."""
    orders = Order.objects.filter(key=key).exclude(state=Order.State.DONE)
    for order in orders.only("key"):
        order.state, order.error = state, f"{type(error).__name__}: {error}"[:1000]
        order.save(update_fields=["state", "error", "updated_at"])
