import runpy
import sys
from importlib.metadata import version

import pytest

from mongodb_arq.cli import main


def test_greets_the_world_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == "Hello, world!\n"


def test_blank_name_is_an_error_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([" "]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "mongodb-arq: the name is blank\n"


def test_prints_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.strip() == version("mongodb-arq")


def test_runs_as_a_module(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mongodb-arq", "Ada"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_module("mongodb_arq", run_name="__main__")
    assert stop.value.code == 0
    assert capsys.readouterr().out == "Hello, Ada!\n"
