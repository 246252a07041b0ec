"""Three more kinds of page, for `make bench` alone: what pages cost must not depend on them."""
