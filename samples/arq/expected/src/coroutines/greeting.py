"""Greetings: the example to replace with what this project is for."""


def greet(name: str) -> str:
    """Return a greeting for a person.

    White space around and inside the name is tidied.

    Raises:
        ValueError: the name is blank.
    """
    tidy = " ".join(name.split())
    if not tidy:
        raise ValueError("the name is blank")
    return f"Hello, {tidy}!"
