import pytest

from coroutines.greeting import greet


@pytest.mark.parametrize("name", ["Ada Lovelace", "  Ada   Lovelace\n"])
def test_greets_by_tidied_name(name: str) -> None:
    assert greet(name) == "Hello, Ada Lovelace!"


@pytest.mark.parametrize("name", ["", " \t"])
def test_refuses_blank_name(name: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        greet(name)
