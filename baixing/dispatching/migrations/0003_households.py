from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatching", "0002_speech")]
    operations = [migrations.AddField("proposal", "beside", models.JSONField(default=list))]
