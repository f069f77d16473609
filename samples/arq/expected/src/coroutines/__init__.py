"""The coroutines package."""
