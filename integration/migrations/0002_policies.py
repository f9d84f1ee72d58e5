"""Once filled in the rules of the law; 0005 does, with all that is said of a rule since."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("integration", "0001_initial")]

    operations = []
