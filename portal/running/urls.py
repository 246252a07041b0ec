"""Addresses that machines read: health, metrics, robots, site map."""

urlpatterns = []
