from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_sets_of_audiences")]

    operations = [
        migrations.CreateModel(
            name="Vocabulary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2, unique=True)),
                ("words", models.JSONField(default=dict)),
            ],
        ),
    ]
