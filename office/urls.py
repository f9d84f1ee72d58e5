"""Addresses of the office."""

from django.urls import path

from office import attachments

urlpatterns = [path("<int:number>/", attachments.AttachmentFile.as_view(), name="attachment")]
