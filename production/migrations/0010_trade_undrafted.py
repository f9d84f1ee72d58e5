"""The first draft of trade lines goes: nothing ever wrote them. The tables that replace it come next."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("production", "0009_ramadan")]

    operations = [
        migrations.DeleteModel("TradeLine"),
        migrations.DeleteModel("TradeReturn"),
        migrations.DeleteModel("Range"),
    ]
