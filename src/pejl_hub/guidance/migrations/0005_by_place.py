from django.db import migrations, models

from pejl_hub.core.migrating import AddIndexInPeace


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("guidance", "0004_as_filtered"),
    ]

    operations = [
        AddIndexInPeace(
            model_name="guidance",
            index=models.Index(
                fields=["municipality", "segment", "-held_on", "-id"],
                name="guidance_by_place",
                condition=models.Q(("withdrawn_at", None)),
            ),
        ),
    ]
