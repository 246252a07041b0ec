"""Addresses."""

app_name = "search"
urlpatterns = []
