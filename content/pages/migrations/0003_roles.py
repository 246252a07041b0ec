"""What each role may do with pages, images, documents and translations: see docs/roles.md."""

from django.db import migrations

from portal.accounts.roles import EDITOR, LAWYER, PROGRAMME, STATISTICIAN, grant

GUIDANCE = ["/fi/ohjeet/", "/sv/vagledning/", "/en/guidance/"]
NEWS = ["/fi/uutiset/", "/sv/nyheter/", "/en/news/"]
EVERYWHERE = ["/"]
WRITE, PUBLISH = ["add", "change"], ["add", "change", "publish"]
PAGES = {
    EDITOR: {
        "paths": EVERYWHERE,
        "may": [*PUBLISH, "bulk_delete", "lock", "unlock"],
    },
    LAWYER: {"paths": [*GUIDANCE, *NEWS], "may": PUBLISH},
    STATISTICIAN: {"paths": [*GUIDANCE, *NEWS], "may": WRITE},
    PROGRAMME: {"paths": [*GUIDANCE, *NEWS], "may": WRITE},
}
FILES = {
    EDITOR: ["add", "change", "delete", "choose"],
    LAWYER: ["add", "change", "choose"],
    STATISTICIAN: ["add", "choose"],
    PROGRAMME: ["add", "choose"],
}
WORDS = {
    EDITOR: [
        "wagtail_localize.submit_translation",
        "topics.add_topic",
        "topics.change_topic",
        "topics.view_topic",
        "topics.add_audience",
        "topics.change_audience",
        "topics.view_audience",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "wagtailredirects.view_redirect",
    ],
    LAWYER: ["wagtail_localize.submit_translation"],
}


def give(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    pages = apps.get_model("wagtailcore", "Page").objects
    for role, entry in PAGES.items():
        for page in pages.filter(url_path__in=entry["paths"]):
            for action in entry["may"]:
                apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                    group=groups.get(name=role),
                    page=page,
                    permission=permission(apps, "wagtailcore", "page", action),
                )
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role, actions in FILES.items():
        for app_label, model in [("wagtailimages", "image"), ("wagtaildocs", "document")]:
            for action in actions:
                apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                    group=groups.get(name=role),
                    collection=root,
                    permission=permission(apps, app_label, model, action),
                )
    grant(apps, WORDS)


def permission(apps, app_label, model, action):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {model}"},
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0002_tree"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("topics", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0012_uploadeddocument"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailimages", "0025_alter_image_file_alter_rendition_file"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
