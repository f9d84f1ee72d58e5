"""Addresses of exports."""

from django.urls import path

from exports import views

urlpatterns = [
    path("", views.ExportList.as_view(), name="export_list"),
    path("new", views.AgreementEntry.as_view(), name="export_new"),
    path("<str:code>", views.ExportPage.as_view(), name="export"),
    path("<str:code>/edit", views.AgreementEntry.as_view(), name="export_edit"),
    path("<str:code>/parties/new", views.PartyEntry.as_view(), name="party_new"),
    path("<str:code>/parties/<int:pk>/edit", views.PartyEntry.as_view(), name="party_edit"),
    path("<str:code>/commitments/new", views.CommitmentEntry.as_view(), name="commitment_new"),
    path("<str:code>/commitments/<int:pk>/edit", views.CommitmentEntry.as_view(), name="commitment_edit"),
    path("<str:code>/shipments/new", views.ShipmentEntry.as_view(), name="shipment_new"),
    path("<str:code>/shipments/<int:pk>/edit", views.ShipmentEntry.as_view(), name="shipment_edit"),
]
