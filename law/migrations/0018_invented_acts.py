from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law", "0017_pending_bills")]

    operations = [
        migrations.AddField(
            model_name="act",
            name="example",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="an invented example"
            ),
        ),
    ]
