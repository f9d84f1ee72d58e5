"""Addresses of suppliers and their sites."""

from django.urls import path

from suppliers import views

urlpatterns = [
    path("", views.SupplierList.as_view(), name="supplier_list"),
    path("new", views.SupplierEntry.as_view(), name="supplier_new"),
    path("<str:code>", views.SupplierPage.as_view(), name="supplier"),
    path("<str:code>/edit", views.SupplierEntry.as_view(), name="supplier_edit"),
    path("<str:code>/sites/new", views.SiteEntry.as_view(), name="site_new"),
    path("<str:code>/sites/<str:site>/edit", views.SiteEntry.as_view(), name="site_edit"),
]
