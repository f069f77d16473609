import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from mongodb_arq.observability.logging import configure_logging
from mongodb_arq.settings import Settings


@pytest.fixture(autouse=True)
def keep_logging() -> Iterator[None]:
    """Give the root logger back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def read_line(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    record: dict[str, Any] = json.loads(lines[0])
    return record


def test_record_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None))
    structlog.contextvars.bind_contextvars(request_id="r1")
    structlog.get_logger("here").info("saved", count=2)
    record = read_line(capsys)
    assert record.pop("timestamp").endswith("Z")
    assert record == {
        "event": "saved",
        "level": "info",
        "logger": "here",
        "count": 2,
        "request_id": "r1",
    }


def test_records_of_other_packages_look_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None))
    logging.getLogger("other").warning("gave %s back", "it", extra={"count": 2})
    record = read_line(capsys)
    assert record["event"] == "gave it back"
    assert (record["level"], record["logger"], record["count"]) == ("warning", "other", 2)


def test_secrets_are_taken_out_however_deep(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None))
    structlog.get_logger().info(
        "sent",
        password="hunter2",
        headers=[{"Authorization": "Bearer hunter2"}, {"inner": {"refresh_token": "hunter2"}}],
        url="redis://user:hunter2@host/0",
        name="Ada",
    )
    line = capsys.readouterr().err
    assert "hunter2" not in line
    assert json.loads(line)["name"] == "Ada"
    assert json.loads(line)["url"] == "redis://user:[redacted]@host/0"


def test_traceback_is_in_the_record_without_passwords(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None))
    try:
        raise RuntimeError("cannot reach postgresql://app:hunter2@host/db")
    except RuntimeError:
        logging.getLogger("other").exception("failed")
    record = read_line(capsys)
    assert "RuntimeError" in record["exception"]
    assert "hunter2" not in record["exception"]


def test_levels_below_the_chosen_one_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None, log_level="WARNING"))
    structlog.get_logger().info("no")
    logging.getLogger("other").info("no")
    assert capsys.readouterr().err == ""


def test_people_may_have_it_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(_env_file=None, log_format="console"))
    structlog.get_logger().info("saved")
    assert "saved" in capsys.readouterr().err
