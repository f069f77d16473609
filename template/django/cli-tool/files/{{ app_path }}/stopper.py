"""Ends a command when it is asked to, but never in the middle of a batch."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StoppedError(Exception):
    """Somebody asked the command to stop."""

    def __init__(self, number: int) -> None:
        """Remember which signal it was."""
        super().__init__(signal.Signals(number).name)
        self.number = number


class Stopper:
    """Knows whether somebody asked, and whether a batch is being written."""

    def __init__(self) -> None:
        """Begin: nobody has asked yet."""
        self._asked: int | None = None
        self._busy = False

    @contextmanager
    def listen(self) -> Iterator[None]:
        """Listen in here; only the main thread can, others are not stopped."""
        before: dict[int, Any] = {}
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                before[number] = signal.signal(number, self.stop)
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def stop(self, number: int, *_: object) -> None:
        """Stop as soon as may be."""
        self._asked = number
        if not self._busy:
            raise StoppedError(number)

    @contextmanager
    def finish(self) -> Iterator[None]:
        """Let what is done in here be finished."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        if self._asked is not None:
            raise StoppedError(self._asked)
