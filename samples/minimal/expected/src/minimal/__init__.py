"""The minimal package."""
