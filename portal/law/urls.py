"""Addresses."""

app_name = "law"
urlpatterns = []
