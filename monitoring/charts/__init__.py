"""Charts: figures in, pictures, words and tables out. Nothing of ours is known here."""
