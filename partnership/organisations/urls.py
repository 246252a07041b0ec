"""Addresses."""

app_name = "organisations"
urlpatterns = []
