"""Addresses of suppliers and their sites."""

from django.urls import path

from suppliers import firm_views, views

urlpatterns = [
    path("", views.SupplierList.as_view(), name="supplier_list"),
    path("new", views.SupplierEntry.as_view(), name="supplier_new"),
    path("onboarding/", firm_views.Onboarding.as_view(), name="onboarding"),
    path("firms/", firm_views.FirmList.as_view(), name="firm_list"),
    path("firms/new", firm_views.FirmEntry.as_view(), name="firm_new"),
    path("firms/<str:code>", firm_views.FirmPage.as_view(), name="firm"),
    path("firms/<str:code>/edit", firm_views.FirmEntry.as_view(), name="firm_edit"),
    path("firms/<str:code>/roles/new", firm_views.RoleEntry.as_view(), name="role_new"),
    path("firms/<str:code>/roles/<int:pk>/edit", firm_views.RoleEntry.as_view(), name="role_edit"),
    path("firms/<str:code>/office", firm_views.RegistrationEntry.as_view(), name="registration"),
    path("firms/<str:code>/numbers/new", firm_views.NumberEntry.as_view(), name="number_new"),
    path("firms/<str:code>/numbers/<int:pk>/edit", firm_views.NumberEntry.as_view(), name="number_edit"),
    path("firms/<str:code>/contacts/new", firm_views.ContactEntry.as_view(), name="contact_new"),
    path("firms/<str:code>/contacts/<int:pk>/edit", firm_views.ContactEntry.as_view(), name="contact_edit"),
    path("<str:code>/status", firm_views.StatusEntry.as_view(), name="supplier_status"),
    path("<str:code>", views.SupplierPage.as_view(), name="supplier"),
    path("<str:code>/edit", views.SupplierEntry.as_view(), name="supplier_edit"),
    path("<str:code>/sites/new", views.SiteEntry.as_view(), name="site_new"),
    path("<str:code>/sites/<str:site>/edit", views.SiteEntry.as_view(), name="site_edit"),
]
