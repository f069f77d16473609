"""Background tasks: work that is handed to another process."""
