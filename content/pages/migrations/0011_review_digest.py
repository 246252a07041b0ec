"""The row of a month's letters on reviews is a digest; its rows are kept."""

from django.db import migrations

from portal.migration_operations import rename_permissions


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0010_places_of_the_rooms"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RenameModel("MonthlyList", "ReviewDigest"),
        rename_permissions("content", {"MonthlyList": "ReviewDigest"}),
    ]
