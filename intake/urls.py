"""Addresses of the desk."""

from django.urls import path

from intake import views

urlpatterns = [
    path("", views.BatchList.as_view(), name="batch_list"),
    path("new/", views.BatchNew.as_view(), name="batch_new"),
    path("<int:number>/", views.BatchPage.as_view(), name="batch"),
    path("<int:number>/check/", views.BatchCheck.as_view(), name="batch_check"),
    path("<int:number>/mode/", views.BatchMode.as_view(), name="batch_mode"),
    path("<int:number>/apply/", views.BatchApply.as_view(), name="batch_apply"),
    path("<int:number>/rollback/", views.BatchRollBack.as_view(), name="batch_rollback"),
    path("<int:number>/file/", views.BatchFile.as_view(), name="batch_file"),
]
