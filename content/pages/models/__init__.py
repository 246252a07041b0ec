"""What editors write: one small abstract page, and the kinds of page made of it."""

from .about import AboutIndexPage, InformationPage
from .base import BasePage, SubjectPage
from .changes import ChangeKind, NoteInTranslation, PageChange, PublishedText
from .deadlines import Deadline
from .guidance import GuidanceArticlePage, GuidanceIndexPage, ThemePage
from .home import HomePage
from .mentions import ToldMention
from .news import NewsIndexPage, NewsPage
from .reviews import Keeper, PageReview, ReviewDigest
from .translation_lag import SourceRevision

__all__ = [
    "AboutIndexPage",
    "BasePage",
    "ChangeKind",
    "Deadline",
    "GuidanceArticlePage",
    "GuidanceIndexPage",
    "HomePage",
    "InformationPage",
    "Keeper",
    "NewsIndexPage",
    "NewsPage",
    "NoteInTranslation",
    "PageChange",
    "PageReview",
    "PublishedText",
    "ReviewDigest",
    "SourceRevision",
    "SubjectPage",
    "ThemePage",
    "ToldMention",
]
