from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatching", "0007_why_in_codes")]
    operations = [migrations.AddField("plan", "looked_at", models.DateTimeField(null=True))]
