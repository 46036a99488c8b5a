import baixing.kernel.seal
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0005_dispatching'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='speech',
            field=baixing.kernel.seal.SealedField(blank=True),
        ),
    ]
