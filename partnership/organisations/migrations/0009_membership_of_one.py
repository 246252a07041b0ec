from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0008_team_letters'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['organisation', 'status'], name='memberships_of_one'),
        ),
    ]
