"""The migration that makes the page tree removes nobody's pages."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Page, Site

tree = import_module("content.pages.migrations.0002_tree")

pytestmark = pytest.mark.django_db


def test_refused_where_pages_are():
    before = set(Page.objects.values_list("pk", flat=True)), Site.objects.count()

    with pytest.raises(tree.PagesThereError, match="pages of another site"):
        tree.make_tree(apps, None)

    assert (set(Page.objects.values_list("pk", flat=True)), Site.objects.count()) == before


def test_the_page_that_wagtail_makes_is_no_reason():
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    root.numchild = 0
    root.save()
    root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))

    tree.refuse_where_pages_are(Page)
