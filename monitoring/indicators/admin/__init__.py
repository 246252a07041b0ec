"""What statisticians do in /cms/: describe indicators, import values, look at releases."""
