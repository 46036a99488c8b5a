from django.db import migrations, models

KINDS = [
    ("terms", "Terms of use"),
    ("privacy", "How we handle your data"),
    ("photo", "Photos that show me"),
    ("family", "My family may follow my orders"),
    ("sms", "Text messages about news, not only my orders"),
    ("proxy", "Staff may order for me"),
    ("person", "A person chooses the team that comes to me, never the computer"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0003_codes_for_sign_ups")]
    operations = [migrations.AlterField("consent", "kind", models.CharField(choices=KINDS, max_length=8))]
