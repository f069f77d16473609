"""What others may rely on: names, signatures and metadata of the installed package."""

import inspect
from importlib.metadata import metadata
from importlib.resources import files

from coroutines import greeting


def test_distribution_has_a_name_and_a_licence() -> None:
    distribution = metadata("coroutines")
    assert distribution["Name"] == "coroutines"
    assert distribution["License-Expression"]


def test_package_tells_type_checkers_that_it_is_typed() -> None:
    assert files("coroutines").joinpath("py.typed").is_file()


def test_greet_takes_a_name_and_returns_text() -> None:
    signature = inspect.signature(greeting.greet)
    assert list(signature.parameters) == ["name"]
    assert signature.return_annotation is str
