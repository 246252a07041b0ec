"""When the second lawyer returned a wording; before this, nobody wrote that down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0003_writers_of_answers")]
    operations = [
        migrations.AddField(
            model_name="answer",
            name="returned_at",
            field=models.DateTimeField(null=True, verbose_name="returned by the second lawyer"),
        ),
    ]
