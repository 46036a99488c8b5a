"""A rating names the visit of which it speaks; of an earlier round nobody knows it any more."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def name_visits(apps, _editor):
    orders = apps.get_model("orders", "Order").objects
    ratings = apps.get_model("orders", "Rating").objects.filter(round=F("order__round"))
    visit = orders.filter(pk=OuterRef("order")).values("visit")
    apps.get_model("orders", "Rating").objects.filter(pk__in=ratings.values("pk")).update(visit=Subquery(visit))


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_speed"), ("schedule", "0001_initial")]
    operations = [
        migrations.AddField(
            "rating",
            "visit",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schedule.session"
            ),
        ),
        migrations.RunPython(name_visits, migrations.RunPython.noop, elidable=True),
    ]
