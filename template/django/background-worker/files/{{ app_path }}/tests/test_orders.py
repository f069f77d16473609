import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import OperationalError, connection
from django.test import (
    SimpleTestCase,
    TestCase,
    TransactionTestCase,
    skipUnlessDBFeature,
)

from .. import orders
from ..models import Order, Result
from ..work import Item, MistakeError, count_words


def make_items(count: int) -> list[Item]:
    return [Item(f"item {number}", "a word " * number) for number in range(count)]


@contextmanager
def watch(before: Callable[[Item], None] = lambda _: None) -> Iterator[list[str]]:
    """Give the names of the items that are worked on in here."""
    names: list[str] = []

    def work(item: Item) -> int:
        before(item)
        names.append(item.name)
        return count_words(item)

    with mock.patch.object(orders, "count_words", work):
        yield names


def process(batch_size: int = 10, max_tries: int = 3) -> Order:
    return orders.process("test", batch_size, max_tries)


class ItemTests(SimpleTestCase):
    def test_mistakes_are_told(self) -> None:
        nothing: Any = None
        for name, text in [("", ""), ("x" * 201, ""), (nothing, ""), ("a", nothing)]:
            with self.subTest(name=name), self.assertRaises(MistakeError):
                Item(name, text)


class OrderTests(TestCase):
    def test_order_is_done_in_batches_and_tells_how_far_it_is(self) -> None:
        orders.keep("test", make_items(25))
        seen: list[int] = []
        with watch(lambda _: seen.append(Order.objects.get().done)):
            order = process()
        self.assertEqual(seen, [0] * 10 + [10] * 10 + [20] * 5)
        self.assertEqual((order.state, order.done, order.total), ("done", 25, 25))
        self.assertEqual(order.results.count(), 25)
        self.assertEqual(Result.objects.get(name="item 3").words, 6)

    def test_order_without_items_is_done(self) -> None:
        orders.keep("test", [])
        self.assertEqual(process().state, "done")

    def test_order_that_is_done_is_not_done_again(self) -> None:
        orders.keep("test", make_items(25))
        with watch() as names:
            process()
            orders.keep("test", make_items(25))
            process()
        self.assertEqual(len(names), 25)
        self.assertEqual(Order.objects.count(), 1)

    def test_item_that_comes_twice_is_kept_once(self) -> None:
        orders.keep("test", [Item("one", "a b")] * 3)
        self.assertEqual(process(batch_size=2).done, 3)
        self.assertEqual(Result.objects.get().words, 2)

    def test_key_names_one_order(self) -> None:
        orders.keep("test", make_items(2))
        with self.assertRaisesMessage(MistakeError, "another order has the key 'test'"):
            orders.keep("test", make_items(3))

    def test_order_that_will_not_do_is_refused(self) -> None:
        for key, count in [("", 1), ("x" * 201, 1), ("test", 10_001)]:
            with self.subTest(key=key), self.assertRaises(MistakeError):
                orders.keep(key, [Item("a", "")] * count)
        self.assertEqual(Order.objects.count(), 0)

    def test_order_that_kills_its_workers_is_given_up(self) -> None:
        orders.keep("test", make_items(25))

        def die(item: Item) -> None:
            raise SystemExit(item.name)

        with watch(die) as names:
            for _ in range(3):
                with self.assertRaises(SystemExit):
                    process(max_tries=3)
            with self.assertRaises(orders.GivenUpError):
                process(max_tries=3)
        self.assertEqual(names, [])

    def test_progress_gives_new_tries(self) -> None:
        orders.keep("test", make_items(50))
        for number in (10, 20, 30, 40):

            def die(item: Item, last: str = f"item {number}") -> None:
                if item.name == last:
                    raise SystemExit

            with watch(die), self.assertRaises(SystemExit):
                process(max_tries=2)
        self.assertEqual(process(max_tries=2).state, "done")

    def test_error_of_an_order_that_is_done_is_not_noted(self) -> None:
        orders.keep("test", make_items(1))
        process()
        orders.note_error("test", Order.State.FAILED, ValueError("late"))
        order = Order.objects.get()
        self.assertEqual((order.state, order.error), ("done", ""))


class TransactionTests(TransactionTestCase):
    def test_order_that_broke_off_goes_on_behind_its_last_batch(self) -> None:
        orders.keep("test", make_items(25))

        def fail(item: Item) -> None:
            if item.name == "item 17":
                raise OperationalError("nobody answers")

        with watch(fail), self.assertRaises(OperationalError):
            process()
        order = Order.objects.get()
        self.assertEqual((order.state, order.done), ("running", 10))
        self.assertEqual(order.results.count(), 10)
        with watch() as names:
            self.assertEqual(process().state, "done")
        self.assertEqual(names, [f"item {number}" for number in range(10, 25)])
        self.assertEqual(order.results.count(), 25)

    def test_results_of_a_batch_go_with_its_count(self) -> None:
        orders.keep("test", make_items(5))
        with (
            mock.patch.object(Order, "save", side_effect=OperationalError),
            self.assertRaises(OperationalError),
        ):
            process()
        self.assertEqual(Result.objects.count(), 0)
        self.assertEqual(Order.objects.get().done, 0)

    @skipUnlessDBFeature("has_select_for_update")
    def test_two_workers_with_one_order_take_turns(self) -> None:
        orders.keep("test", make_items(200))
        begin = threading.Barrier(2, timeout=30)
        errors: list[Exception] = []

        def work() -> None:
            begin.wait()
            try:
                process(batch_size=1)
            except Exception as error:  # noqa: BLE001 - it is looked at below
                errors.append(error)
            finally:
                connection.close()

        with watch() as names:
            threads = [threading.Thread(target=work) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(errors, [])
        self.assertEqual(names, [f"item {number}" for number in range(200)])
        self.assertEqual(Order.objects.get().state, "done")
