"""The five star levels of the package, for a city to change."""

import tomllib
from importlib.resources import files

from django.db import migrations


def load(apps, _editor):
    levels = apps.get_model("hours", "StarLevel")
    if not levels.objects.exists():
        rows = tomllib.loads((files("baixing.hours") / "data" / "levels.toml").read_text("utf-8"))["level"]
        levels.objects.bulk_create(levels(**row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=True)]
