"""Addresses of imports."""

from django.urls import path

from production import agreed_views, range_views, trade_views

urlpatterns = [
    path("", trade_views.Imports.as_view(), name="imports"),
    path("lines/", trade_views.TradeList.as_view(), name="trade_list"),
    path("lines/<int:number>/", trade_views.TradeLinePage.as_view(), name="trade_line"),
    path("upload/", trade_views.TradeUpload.as_view(), name="trade_upload"),
    path("importers/new/", trade_views.ImporterEntry.as_view(), name="importer_new"),
    path("policy/", range_views.ImportPolicy.as_view(), name="import_policy"),
    path("ranges/", range_views.RangeList.as_view(), name="range_list"),
    path("ranges/new/", range_views.RangeEntry.as_view(), name="range_new"),
    path("ranges/<str:code>/", range_views.RangePage.as_view(), name="range"),
    path("ranges/<str:code>/edit/", range_views.RangeEntry.as_view(), name="range_edit"),
    path("ranges/<str:code>/exemptions/new/", range_views.ExemptionEntry.as_view(), name="exemption_new"),
    path("agreements/<str:code>/ranges/", agreed_views.AgreedRangesEntry.as_view(), name="agreed_ranges"),
    path("exemptions/<int:number>/end/", range_views.ExemptionEnd.as_view(), name="exemption_end"),
]
