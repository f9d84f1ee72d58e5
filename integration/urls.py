"""Addresses of local integration."""

from django.urls import path

from integration import views

urlpatterns = [
    path("", views.ProgrammeList.as_view(), name="programme_list"),
    path("new", views.ProgrammeEntry.as_view(), name="programme_new"),
    path("<str:code>", views.ProgrammePage.as_view(), name="programme"),
    path("<str:code>/edit", views.ProgrammeEntry.as_view(), name="programme_edit"),
    path("<str:code>/components/new", views.ComponentEntry.as_view(), name="component_new"),
    path("<str:code>/components/<int:pk>/edit", views.ComponentEntry.as_view(), name="component_edit"),
    path("<str:code>/milestones/new", views.MilestoneEntry.as_view(), name="milestone_new"),
    path("<str:code>/milestones/<int:pk>/edit", views.MilestoneEntry.as_view(), name="milestone_edit"),
    path("<str:code>/certification/new", views.CertificationEntry.as_view(), name="certification_new"),
    path("<str:code>/certification/<int:pk>/edit", views.CertificationEntry.as_view(), name="certification_edit"),
]
