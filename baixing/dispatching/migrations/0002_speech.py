from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dispatching', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='policy',
            name='tongue',
            field=models.PositiveIntegerField(default=100),
        ),
    ]
