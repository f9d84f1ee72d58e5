"""Every address. The apps' own addresses are in their urls.py."""

from django.urls import include, path

from partstrack import health

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("", include("accounts.urls")),
    path("", include("reports.urls")),
    path("", include("office.urls")),
    path("suppliers/", include("suppliers.urls")),
    path("production/", include("production.urls")),
    path("imports/", include("production.urls_trade")),
    path("files/", include("intake.urls")),
    path("integration/", include("integration.urls")),
    path("workshops/", include("workshops.urls")),
    path("exports/", include("exports.urls")),
    path("reports/", include("reports.urls_report")),
]
handler400, handler403, handler404, handler500 = (
    "partstrack.faults.bad_request",
    "partstrack.faults.forbidden",
    "partstrack.faults.not_found",
    "partstrack.faults.broken",
)
