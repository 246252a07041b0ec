"""Printing: PDF/UA documents out of data, set by Typst; `render` is all that rooms call."""

from .documents import BadDocument, MissingGlyphs, PrintingError, render, words

__all__ = ["BadDocument", "MissingGlyphs", "PrintingError", "render", "words"]
