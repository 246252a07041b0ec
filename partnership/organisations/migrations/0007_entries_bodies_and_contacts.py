"""The yearly confirmation of entries, public bodies of places, contacts, former addresses."""

import django.db.models.deletion
import django.utils.timezone
import partnership.organisations.models.confirmations
from django.conf import settings
from django.db import migrations, models

from portal.migration_operations import at_once


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0006_join_requests'),
        ('places', '0002_kinds_of_places'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = at_once([
        migrations.AddField(
            model_name='organisation',
            name='confirmed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entry confirmed'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='for_whom_en',
            field=models.TextField(blank=True, max_length=1000, verbose_name='for whom, in English'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='for_whom_fi',
            field=models.TextField(blank=True, max_length=1000, verbose_name='for whom, in Finnish'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='for_whom_sv',
            field=models.TextField(blank=True, max_length=1000, verbose_name='for whom, in Swedish'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='hidden_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='entry hidden'),
        ),
        migrations.CreateModel(
            name='ConfirmationAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=partnership.organisations.models.confirmations.new_key, max_length=43, unique=True, verbose_name='key')),
                ('reminder', models.BooleanField(default=False, verbose_name='a reminder')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmation_asks', to='organisations.organisation')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='to')),
            ],
            options={
                'verbose_name': 'request to confirm an entry',
                'verbose_name_plural': 'requests to confirm entries',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='confirmed')),
                ('before', models.DateTimeField(verbose_name='confirmed before')),
                ('hidden_before', models.DateTimeField(null=True, verbose_name='hidden before')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='taken back')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='organisations.organisation')),
                ('ask', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='confirmations', to='organisations.confirmationask')),
            ],
            options={
                'verbose_name': 'confirmation of an entry',
                'verbose_name_plural': 'confirmations of entries',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('business_id', models.CharField(max_length=9, verbose_name='business ID')),
                ('merged_at', models.DateTimeField(auto_now_add=True, verbose_name='merged')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'former address of an organisation',
                'verbose_name_plural': 'former addresses of organisations',
                'ordering': ['-merged_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublicBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domains', models.TextField(blank=True, help_text='One on each line, such as example.org. Whoever has a confirmed address there may claim the body at once.', max_length=1000, verbose_name='domains of its e-mail addresses')),
                ('area', models.OneToOneField(limit_choices_to={'kind__in': ('municipality', 'employment_area', 'county', 'development_centre')}, on_delete=django.db.models.deletion.PROTECT, related_name='public_body', to='places.area', verbose_name='area')),
                ('organisation', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='public_bodies', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'public body',
                'verbose_name_plural': 'public bodies',
                'ordering': ['area__kind', 'area__code'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('general', 'General enquiries'), ('partnership', 'Partnership and cooperation'), ('clients', 'Guidance and services for clients'), ('media', 'Communications and media'), ('other', 'Something else')], default='general', max_length=12, verbose_name='matter')),
                ('function', models.CharField(blank=True, help_text="Such as “Integration services”: no person's name is needed.", max_length=200, verbose_name='unit or function')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='organisations.organisation')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='contact_can_be_reached', violation_error_message='Write an e-mail address or a telephone number.')],
            },
        ),
        migrations.CreateModel(
            name='BodyClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a decision'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='waiting', editable=False, max_length=10, verbose_name='state')),
                ('domain', models.CharField(blank=True, editable=False, max_length=254, verbose_name='by an address at')),
                ('reason', models.TextField(blank=True, editable=False, max_length=3000, verbose_name='reason')),
                ('claimed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='claimed')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='body_claims', to='organisations.organisation')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='organisations.publicbody')),
            ],
            options={
                'verbose_name': 'claim of a public body',
                'verbose_name_plural': 'claims of public bodies',
                'ordering': ['-claimed_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('body', 'organisation'), name='one_waiting_claim_a_body_and_organisation')],
            },
        ),
    ])
