"""How pages are kept true: publications and their history, reviews, translations."""
