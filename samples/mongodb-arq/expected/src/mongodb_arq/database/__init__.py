"""The database: where it is, what it holds, and how to work with it."""
