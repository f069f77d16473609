"""Shows orders to those who run the site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    """How far orders are; nothing can be changed here."""

    list_display = ("key", "state", "done", "total", "error", "updated_at")
    list_filter = ("state",)
    search_fields = ("key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Orders are handed over by programs."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only workers change them."""
        return False
