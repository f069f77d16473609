"""The small_service package."""
