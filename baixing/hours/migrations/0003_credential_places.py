"""Each certificate gets a place in the lists of revoked credentials: a random one."""

import secrets

from django.db import migrations, models

SIZE = 131_072


def draw(apps, _editor):
    certificates = apps.get_model("hours", "Certificate").objects
    for number, pk in enumerate(certificates.order_by("pk").values_list("pk", flat=True).iterator()):
        first = number // (SIZE // 2) * SIZE
        place = first + secrets.randbelow(SIZE)
        while certificates.filter(place=place).exists():
            place = first + secrets.randbelow(SIZE)
        certificates.filter(pk=pk).update(place=place)


class Migration(migrations.Migration):
    dependencies = [("hours", "0002_levels")]
    operations = [
        migrations.AddField("certificate", "place", models.PositiveIntegerField(null=True, unique=True)),
        migrations.RunPython(draw, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("certificate", "place", models.PositiveIntegerField(unique=True)),
    ]
