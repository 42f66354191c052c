"""The values that the lists begin with."""

from django.db import migrations

from pejl_hub.codes.starting import make_starting_codes


def fill(apps, schema_editor):
    make_starting_codes(apps.get_model("codes", "Code"))


class Migration(migrations.Migration):
    dependencies = [("codes", "0001_codes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
