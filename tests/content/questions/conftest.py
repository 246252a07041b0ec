import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def figures_of_no_other_test():
    """The figures are kept for a minute, and what a test made of them is rolled back."""
    cache.clear()
