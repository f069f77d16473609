"""The mongodb_arq package."""
