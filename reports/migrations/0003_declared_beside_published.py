"""Published pieces and growth of a year stood beside what was produced in it: now they say so themselves."""

from django.db import migrations

SAY = """
UPDATE reports_publishedfigure SET figure = 'produced' WHERE unit IN ('piece', 'percent') AND period ~ '^[0-9]{4}$'
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_published_in_their_words")]

    operations = [migrations.RunSQL(SAY, migrations.RunSQL.noop)]
