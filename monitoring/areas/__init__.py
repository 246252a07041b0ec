"""What the figures say of an area: six of them, similar areas, movement, and sentences."""
