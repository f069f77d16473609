"""The accounts_on_mysql package."""
