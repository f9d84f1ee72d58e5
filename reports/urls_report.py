"""Addresses of the report: the page and its two files; and of published figures."""

from django.urls import path

from reports import published_views, report_views

urlpatterns = [
    path("", report_views.ReportPage.as_view(), name="report_list"),
    path("published/", published_views.PublishedList.as_view(), name="published_list"),
    path("published/new/", published_views.PublishedEntry.as_view(), name="published_new"),
    path("published/<str:code>/", published_views.PublishedPage.as_view(), name="published"),
    path("published/<str:code>/edit/", published_views.PublishedEntry.as_view(), name="published_edit"),
    path("report.pdf", report_views.PdfFile.as_view(), name="report_pdf"),
    path("report.xlsx", report_views.WorkbookFile.as_view(), name="report_xlsx"),
]
