"""Who orders translations and who makes them: see docs/roles.md."""

from django.db import migrations

from portal.accounts.roles import EDITOR, LAWYER, TRANSLATORS, grant

LANGUAGES = ("fi", "sv", "en")


def give(apps, schema_editor):
    order = "translation.order_translationorder"
    grant(apps, {EDITOR: [order], LAWYER: [order]})
    grant(apps, {role: ["wagtailadmin.access_admin"] for role in TRANSLATORS.values()})
    groups = {
        **{role: [f"translate_to_{code}"] for code, role in TRANSLATORS.items()},
        EDITOR: [f"translate_to_{code}" for code in LANGUAGES],
    }
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="translation", model="translationorder"
    )
    for role, codenames in groups.items():
        group = apps.get_model("auth", "Group").objects.get(name=role)
        for codename in codenames:
            language = {"fi": "Finnish", "sv": "Swedish", "en": "English"}[codename[-2:]]
            permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": f"Can translate into {language}"},
            )
            group.permissions.add(permission)
    page = permission_of_pages(apps)
    for code, role in TRANSLATORS.items():
        for home in apps.get_model("wagtailcore", "Page").objects.filter(url_path=f"/{code}/"):
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=apps.get_model("auth", "Group").objects.get(name=role),
                page=home,
                permission=page,
            )


def permission_of_pages(apps):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="page"
    )
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="change_page", defaults={"name": "Can change page"}
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0001_initial"),
        ("content", "0003_roles"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
