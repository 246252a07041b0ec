"""The roles as groups, each with the right to enter /cms/."""

from django.db import migrations

from portal.accounts.roles import ROLES


def make_roles(apps, schema_editor):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    access, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name__in=["Editors", "Moderators"]).delete()
    for role in ROLES:
        group, _made = groups.get_or_create(name=role)
        group.permissions.add(access)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
