from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0002_duty'),
    ]

    operations = [
        migrations.AddField(
            model_name='team',
            name='speaks',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
    ]
