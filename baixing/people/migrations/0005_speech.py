import baixing.kernel.seal
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_dispatching'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='speech',
            field=baixing.kernel.seal.SealedField(blank=True, default=''),
        ),
    ]
