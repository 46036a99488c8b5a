import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('orders', '0005_dispatching'),
        ('teams', '0002_duty'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Automatic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='automatic', to='network.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('state', models.CharField(choices=[('asked_for', 'Being made'), ('made', 'Made, waits for you'), ('done', 'Dealt with'), ('superseded', 'Replaced by a newer one'), ('failed', 'Could not be made')], default='asked_for', editable=False, max_length=20)),
                ('at', models.DateTimeField()),
                ('days', models.PositiveSmallIntegerField(default=14)),
                ('policy', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(null=True)),
                ('first', models.DateField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('proven', models.BooleanField(default=False)),
                ('cost', models.BigIntegerField(null=True)),
                ('bound', models.BigIntegerField(null=True)),
                ('practice', models.BigIntegerField(null=True)),
                ('parts', models.JSONField(default=dict)),
                ('coverage', models.JSONField(default=dict)),
                ('certificate', models.BinaryField(default=b'')),
                ('why', models.CharField(blank=True, max_length=300)),
                ('busy_until', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='network.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('km', models.PositiveIntegerField()),
                ('wait', models.PositiveIntegerField()),
                ('fair', models.PositiveIntegerField()),
                ('unserved', models.PositiveIntegerField()),
                ('stranger', models.PositiveIntegerField()),
                ('road', models.PositiveSmallIntegerField()),
                ('notice', models.PositiveSmallIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='policy', to='network.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('offered', 'Offered to the team'), ('stale', 'Overtaken'), ('short', 'No team')], default='proposed', editable=False, max_length=20)),
                ('seen', models.CharField(max_length=32)),
                ('day', models.DateField(null=True)),
                ('pinned', models.BooleanField(default=False)),
                ('changed', models.BooleanField(default=False)),
                ('choices', models.JSONField(default=list)),
                ('shortage', models.JSONField(default=dict)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('offer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='orders.offer')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='orders.order')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='dispatching.plan')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='teams.team')),
            ],
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['unit', '-id'], name='plans_of_a_unit'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['state', 'at'], name='plans_in_a_state'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked_for')), fields=('unit',), name='one_plan_of_a_unit_is_being_made'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('made', 'done')), _negated=True), models.Q(('cost__isnull', False), ('first__isnull', False), ('made_at__isnull', False), ('practice__isnull', False)), _connector='OR'), name='a_plan_that_was_made_says_its_cost'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('cost', None), ('cost__gte', 0), _connector='OR'), name='no_plan_costs_less_than_its_bound'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('notice__lte', 2)), name='a_plan_gives_notice_of_two_days_at_most'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('road__gte', 100)), name='no_road_is_shorter_than_the_straight_line'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['plan', 'state'], name='proposals_of_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('plan', 'order'), name='a_plan_proposes_once_for_an_order'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('state', 'short'), ('team', None)), models.Q(models.Q(('state', 'short'), _negated=True), ('day__isnull', False), ('team__isnull', False)), _connector='OR'), name='a_proposal_names_team_and_day'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer__isnull', False), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('offer', None)), _connector='OR'), name='only_what_was_offered_has_an_offer'),
        ),
    ]
