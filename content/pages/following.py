"""Pages and topics for those who follow them, and the telling of what is published."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import CHANGED, PUBLISHED, WITHDRAWN, Followable, Target, User
from portal.topics.models import Topic

from .models import BasePage, ChangeKind, PageChange, SubjectPage, ThemePage
from .related import followed_through
from .visibility import visible_to

PAGE, TOPIC = "page", "topic"
VERSIONS_FOLLOW_WITHIN = timedelta(days=7)


def find_pages(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """Pages by translation key, in `language` or the first other that `user` may see: one query."""
    keys = [subject for subject in subjects if _is_key(subject)]
    rows = (
        visible_to(Page.objects.filter(translation_key__in=keys), user)
        .order_by()
        .values_list("translation_key", "locale__language_code", "title", "url_path")
    )
    versions: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for key, code, title, url in rows:
        versions[str(key)][code] = (title, url)
    return {key: _in_language(found, language) for key, found in versions.items()}


def find_topics(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """Topics by key that have a theme page which `user` may see: two queries."""
    themes = (
        ThemePage.objects.visible_to(user)
        .filter(topic__key__in=subjects)
        .order_by()
        .values_list("topic__key", "locale__language_code", "url_path")
    )
    names = {topic.key: topic for topic in Topic.objects.filter(key__in=subjects)}
    versions: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for key, code, url in themes:
        with in_language(code):
            versions[key][code] = (names[key].name, url)
    return {key: _in_language(found, language) for key, found in versions.items()}


def published(page: BasePage, change: PageChange) -> None:
    """Tell of a substantive publication.

    A translation that carries it, and the first publication of a further language version, only
    add their note to the event of the original: it is one event in all languages. A note for some
    readers only is in no letter: the page may be open to all before the letter goes.
    """
    first = not PageChange.objects.filter(page_id=page.pk).exclude(pk=change.pk).exists()
    back = not first and _was_away(page, change)
    further = first and PageChange.objects.filter(
        page__translation_key=page.translation_key
    ).exclude(page_id=page.pk)
    activity.record_activity(
        f"page:{change.carries_id or change.pk}",
        thing=(PAGE, str(page.translation_key)),
        targets=_targets(page),
        verb=PUBLISHED if first or back else CHANGED,
        notes={} if change.restricted else {page.language: change.note},
        joins=None if change.restricted else VERSIONS_FOLLOW_WITHIN,
        only_adds=bool(change.carries_id or further),
    )


def _was_away(page: BasePage, change: PageChange) -> bool:
    """Whether readers had the page in no language when this change brought it back."""
    before = PageChange.objects.filter(page_id=page.pk).exclude(pk=change.pk).first()
    others = Page.objects.filter(translation_key=page.translation_key, live=True)
    away = before is not None and before.kind == ChangeKind.WITHDRAWN
    return away and not others.exclude(pk=page.pk).exists()


def withdrawn(page: BasePage, key: str) -> None:
    """Tell that a page is away, if all could read it; `key` tells this withdrawal from others.

    The letters go out only if it is away in all its languages by then, and do not name it.
    """
    if Page.objects.filter(pk=page.pk).public().exists():
        activity.record_activity(
            f"page:{key}",
            thing=(PAGE, str(page.translation_key)),
            targets=_targets(page),
            verb=WITHDRAWN,
        )


def _targets(page: BasePage) -> list[tuple[str, str]]:
    """The page itself, its topics, and what of the law it rests on, with what that stands in.

    They are targets of one event: who follows several hears of it once.
    """
    targets = [(PAGE, str(page.translation_key))]
    if isinstance(page, SubjectPage):
        targets += [(TOPIC, topic.key) for topic in page.topics.all()]
        targets += followed_through(page)
    return targets


def _in_language(versions: Mapping[str, tuple[str, str]], language: str) -> Target:
    code = next(one for one in (language, *LANGUAGES) if one in versions)
    title, url = versions[code]
    return Target(title, url, "" if code == language else code, languages=frozenset(versions))


def _is_key(subject: str) -> bool:
    try:
        return str(UUID(subject)) == subject
    except ValueError:
        return False


PAGES = Followable(_("Pages"), find_pages, verbs=(PUBLISHED, CHANGED, WITHDRAWN))
TOPICS = Followable(_("Themes"), find_topics)
