"""What is done once at start."""

import gc


def test_garbage_is_not_sought_in_what_stays_loaded():
    assert gc.get_freeze_count() > 100_000
