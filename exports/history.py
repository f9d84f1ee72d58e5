"""The story of an export agreement: its parties, countries, families, commitments and shipments."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from exports.models import (
    Agreement,
    AgreementCountry,
    AgreementFamily,
    AgreementParty,
    Commitment,
    Shipment,
)
from partstrack.registry import History


def _agreement(user, key):
    return get_object_or_404(Agreement.objects.visible_to(user), code=key)


def _parts(agreement):
    rows = (AgreementParty, AgreementCountry, AgreementFamily, Commitment, Shipment)
    return [(Agreement, {"pgh_obj": agreement.pk}), *((model, {"agreement": agreement.pk}) for model in rows)]


def _url(agreement):
    return reverse("export", args=[agreement.code])


HISTORIES = [History("agreement", _agreement, _parts, _url)]
