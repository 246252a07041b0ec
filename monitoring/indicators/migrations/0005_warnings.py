"""What was unusual in a file are its warnings."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_may_be_negative")]

    operations = [migrations.RenameField("Release", "doubts", "warnings")]
