"""What files may bring of contents of parts: the contents, and what was bought for them."""

from django.utils.translation import gettext_lazy as _

from intake.record_kind import kind
from intake.records import Records
from integration.content_forms import ContentForm, PurchaseRowForm
from integration.models import ContentInput, PartContent

RECORDS = [
    Records(
        "contents",
        _("Contents of parts"),
        PartContent,
        ContentForm,
        {"site": "site", "reference": "part__reference", "first_month": "first_month"},
        lambda user: PartContent.objects.visible_to(user).select_related("part"),
        "content_list",
    ),
    Records(
        "purchases",
        _("Purchases for parts"),
        ContentInput,
        PurchaseRowForm,
        {
            "site": "content__site",
            "reference": "content__part__reference",
            "first_month": "content__first_month",
            "kind": "kind",
            "name": "name",
        },
        lambda user: ContentInput.objects.visible_to(user).select_related("content__part"),
        "content_list",
    ),
]
KINDS = [kind(records) for records in RECORDS]
