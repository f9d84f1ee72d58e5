"""Addresses of the desk."""

from django.urls import path

from intake import record_views, repair_views, sender_views, views

urlpatterns = [
    path("", views.BatchList.as_view(), name="batch_list"),
    path("new/", views.BatchNew.as_view(), name="batch_new"),
    path("records/", record_views.RecordFiles.as_view(), name="record_files"),
    path("records/<slug:kind>/", record_views.RecordUpload.as_view(), name="record_upload"),
    path("senders/<str:code>/", sender_views.SenderPage.as_view(), name="sender"),
    path("senders/<str:code>/aliases/<int:number>/forget/", sender_views.AliasForget.as_view(), name="alias_forget"),
    path("<int:number>/", views.BatchPage.as_view(), name="batch"),
    path("<int:number>/check/", views.BatchCheck.as_view(), name="batch_check"),
    path("<int:number>/mode/", views.BatchMode.as_view(), name="batch_mode"),
    path("<int:number>/apply/", views.BatchApply.as_view(), name="batch_apply"),
    path("<int:number>/rollback/", views.BatchRollBack.as_view(), name="batch_rollback"),
    path("<int:number>/repair/", repair_views.RepairPage.as_view(), name="batch_repair"),
    path("<int:number>/confirm/", repair_views.ConfirmAll.as_view(), name="batch_confirm"),
    path("<int:number>/repairs/<int:repair>/undo/", repair_views.RepairUndo.as_view(), name="repair_undo"),
    path("<int:number>/file/", views.BatchFile.as_view(), name="batch_file"),
]
