"""What is kept between requests: fragments, rows, counts, and the version that they belong to."""
