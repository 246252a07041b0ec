from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('running', '0002_counters'),
    ]

    operations = [
        migrations.CreateModel(
            name='PendingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=100, unique=True, verbose_name='function')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='of')),
                ('claimed_until', models.DateTimeField(blank=True, null=True, verbose_name='claimed until')),
            ],
            options={
                'verbose_name': 'pending step',
                'verbose_name_plural': 'pending steps',
                'ordering': ['position'],
            },
        ),
    ]
