from django.db import migrations, models

STATES = [
    ("proposed", "Proposed"),
    ("asked_back", "Its team was asked"),
    ("offered", "Offered to the team"),
    ("stale", "Overtaken"),
    ("short", "No team"),
]


class Migration(migrations.Migration):
    dependencies = [("dispatching", "0003_households")]
    operations = [
        migrations.AddField("policy", "changed", models.PositiveIntegerField(default=300)),
        migrations.AddField("plan", "moves", models.BooleanField(default=False)),
        migrations.AddField("proposal", "held", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField("proposal", "promise", models.JSONField(default=dict)),
        migrations.AlterField(
            "proposal",
            "state",
            models.CharField(choices=STATES, default="proposed", editable=False, max_length=20),
        ),
    ]
