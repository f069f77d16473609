"""The mysql_tortoise_rq package."""
