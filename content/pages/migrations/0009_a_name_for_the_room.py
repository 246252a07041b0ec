"""The room of guidance is called otherwise than section 10's service, and its Swedish address too.

What editors have called it themselves stays. Old addresses lead on (content.pages.views.moved).
"""

from django.db import migrations

OLD, NEW = "/sv/vagledning/", "/sv/stod-i-arbetet/"
NAMES = {
    "sv": ("Vägledning", "Stöd i arbetet"),
    "en": ("Guidance", "Handbook"),
}


def rename(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    index_model = apps.get_model("content", "GuidanceIndexPage")
    revision_model = apps.get_model("wagtailcore", "Revision")
    for index in index_model.objects.select_related("locale"):
        names = NAMES.get(index.locale.language_code)
        if names is None:
            continue
        fields = {}
        if index.title == names[0]:
            fields |= {"title": names[1], "draft_title": names[1]}
        if index.url_path == OLD:
            fields |= {"slug": "stod-i-arbetet", "url_path": NEW}
            for page in page_model.objects.filter(url_path__startswith=OLD).exclude(pk=index.pk):
                page_model.objects.filter(pk=page.pk).update(
                    url_path=NEW + page.url_path.removeprefix(OLD)
                )
        page_model.objects.filter(pk=index.pk).update(**fields)
        said = {name: value for name, value in fields.items() if name != "draft_title"}
        revisions = revision_model.objects.filter(
            base_content_type__app_label="wagtailcore", object_id=str(index.pk)
        )
        for revision in revisions:
            for name, value in said.items():
                if name != "title" or revision.content.get("title") == names[0]:
                    revision.content[name] = value
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("content", "0008_steps_and_deadlines")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
