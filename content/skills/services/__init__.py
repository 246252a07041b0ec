"""What happens to learners: each function is one event, whole or not at all."""
