"""Addresses of what editors write that are views: feeds and forms."""

app_name = "content"
urlpatterns = []
