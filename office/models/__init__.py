"""What any page can carry: log.py the version and the logs, carried.py notes and documents, views.py lists, reminding.py dates and notices, jobs.py long work."""

from office.models.carried import Attachment, Carried, Document, Note
from office.models.jobs import Job
from office.models.log import Download, Key, Ledger, Write
from office.models.reminding import Notice, ReminderChoice, ReminderMail
from office.models.views import SavedView

PROTECTED = ["office_write", "office_download", "office_remindermail"]

__all__ = [
    "PROTECTED",
    "Attachment",
    "Carried",
    "Document",
    "Download",
    "Job",
    "Key",
    "Ledger",
    "Note",
    "Notice",
    "ReminderChoice",
    "ReminderMail",
    "SavedView",
    "Write",
]
