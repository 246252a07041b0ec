import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0007_entries_bodies_and_contacts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True, verbose_name='key')),
                ('subject', models.CharField(max_length=140, verbose_name='subject')),
                ('number', models.PositiveIntegerField(verbose_name='number of letters')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'letter of the programme team',
                'verbose_name_plural': 'letters of the programme team',
                'ordering': ['-at', '-pk'],
            },
        ),
    ]
