"""What files may bring of exchange rates."""

from django.utils.translation import gettext_lazy as _

from intake.record_kind import kind
from intake.records import Records
from integration.exchange_forms import ExchangeForm
from integration.models import ExchangeRate

RECORDS = [
    Records(
        "exchange_rates",
        _("Exchange rates"),
        ExchangeRate,
        ExchangeForm,
        {name: name for name in ("currency", "on", "source")},
        lambda user: ExchangeRate.objects.all(),
        "exchange_list",
    )
]
KINDS = [kind(records) for records in RECORDS]
