"""Addresses of local integration."""

from django.urls import path

from integration import (
    assessment_views,
    calculator_views,
    component_views,
    content_views,
    exchange_views,
    policy_views,
    portfolio_views,
    views,
)

urlpatterns = [
    path("", views.ProgrammeList.as_view(), name="programme_list"),
    path("new", views.ProgrammeEntry.as_view(), name="programme_new"),
    path("components/upload", component_views.ComponentUpload.as_view(), name="component_upload"),
    path("calculator/", calculator_views.Calculator.as_view(), name="calculator"),
    path("portfolio/", portfolio_views.Portfolio.as_view(), name="portfolio"),
    path("contents/", content_views.ContentList.as_view(), name="content_list"),
    path("contents/new", content_views.ContentEntry.as_view(), name="content_new"),
    path("contents/<int:pk>", content_views.ContentPage.as_view(), name="content"),
    path("contents/<int:pk>/edit", content_views.ContentEntry.as_view(), name="content_edit"),
    path("contents/<int:content>/purchases/new", content_views.PurchaseEntry.as_view(), name="purchase_new"),
    path("contents/<int:content>/purchases/<int:pk>/edit", content_views.PurchaseEntry.as_view(), name="purchase_edit"),
    path("exchange/", exchange_views.ExchangeList.as_view(), name="exchange_list"),
    path("exchange/new", exchange_views.ExchangeEntry.as_view(), name="exchange_new"),
    path("exchange/<int:pk>/edit", exchange_views.ExchangeEntry.as_view(), name="exchange_edit"),
    path("rules/", policy_views.PolicyList.as_view(), name="policy_list"),
    path("rules/new", policy_views.PolicyEntry.as_view(), name="policy_new"),
    path("rules/<str:code>", policy_views.PolicyPage.as_view(), name="policy"),
    path("rules/<str:code>/edit", policy_views.PolicyEntry.as_view(), name="policy_edit"),
    path("<str:code>", views.ProgrammePage.as_view(), name="programme"),
    path("<str:code>/edit", views.ProgrammeEntry.as_view(), name="programme_edit"),
    path("<str:code>/components", component_views.ComponentListPage.as_view(), name="component_list"),
    path("<str:code>/components/new", component_views.ComponentEntry.as_view(), name="component_new"),
    path("<str:code>/components/<int:pk>", component_views.ComponentPage.as_view(), name="component"),
    path("<str:code>/components/<int:pk>/edit", component_views.ComponentEntry.as_view(), name="component_edit"),
    path("<str:code>/publish", assessment_views.AssessmentPublish.as_view(), name="assessment_publish"),
    path("<str:code>/assessments/<int:number>", assessment_views.AssessmentPage.as_view(), name="assessment"),
    path("<str:code>/milestones/new", views.MilestoneEntry.as_view(), name="milestone_new"),
    path("<str:code>/milestones/<int:pk>/edit", views.MilestoneEntry.as_view(), name="milestone_edit"),
    path("<str:code>/certification/new", views.CertificationEntry.as_view(), name="certification_new"),
    path("<str:code>/certification/<int:pk>/edit", views.CertificationEntry.as_view(), name="certification_edit"),
    path("<str:code>/volumes/new", portfolio_views.VolumeEntry.as_view(), name="volume_new"),
    path("<str:code>/volumes/<int:pk>/edit", portfolio_views.VolumeEntry.as_view(), name="volume_edit"),
]
