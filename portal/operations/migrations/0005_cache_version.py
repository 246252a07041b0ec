"""The rows that name what is on show are of a cache version; their table keeps its name."""

from django.db import migrations

from portal.migration_operations import rename_permissions


class Migration(migrations.Migration):
    dependencies = [
        ("running", "0004_edition"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # The table has this name already; said here, so that the model leaves it behind.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterModelTable("Edition", "running_edition")]
        ),
        migrations.RenameModel("Edition", "CacheVersion"),
        rename_permissions("running", {"Edition": "CacheVersion"}),
    ]
