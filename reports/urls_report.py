"""Addresses of the report: the page, and its two files."""

from django.urls import path

from reports import report_views

urlpatterns = [
    path("", report_views.ReportPage.as_view(), name="report_list"),
    path("report.pdf", report_views.PdfFile.as_view(), name="report_pdf"),
    path("report.xlsx", report_views.WorkbookFile.as_view(), name="report_xlsx"),
]
