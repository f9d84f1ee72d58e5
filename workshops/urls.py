"""Addresses of the network."""

from django.urls import path

from workshops import views

urlpatterns = [
    path("", views.WorkshopList.as_view(), name="workshop_list"),
    path("new", views.WorkshopEntry.as_view(), name="workshop_new"),
    path("training/new", views.TrainingEntry.as_view(), name="training_new"),
    path("training/<int:pk>/edit", views.TrainingEntry.as_view(), name="training_edit"),
    path("equipment/new", views.RollOutEntry.as_view(), name="equipment_new"),
    path("equipment/<int:pk>/edit", views.RollOutEntry.as_view(), name="equipment_edit"),
    path("<str:code>", views.WorkshopPage.as_view(), name="workshop"),
    path("<str:code>/edit", views.WorkshopEntry.as_view(), name="workshop_edit"),
    path("<str:code>/memberships/new", views.MembershipEntry.as_view(), name="membership_new"),
    path("<str:code>/memberships/<int:pk>/edit", views.MembershipEntry.as_view(), name="membership_edit"),
    path("<str:code>/places/new", views.PlaceEntry.as_view(), name="workshop_place_new"),
    path("<str:code>/places/<int:pk>/edit", views.PlaceEntry.as_view(), name="workshop_place_edit"),
]
