"""The full_example package."""
