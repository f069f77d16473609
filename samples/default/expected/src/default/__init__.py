"""The default package."""
