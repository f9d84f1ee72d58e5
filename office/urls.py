"""Addresses of the office."""

from django.urls import path

from office import attachment_views

urlpatterns = [path("<int:number>/", attachment_views.AttachmentFile.as_view(), name="attachment")]
