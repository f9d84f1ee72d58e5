"""suppliers.py who makes the parts: suppliers with their status, their sites, and where the sites are; firms.py what else is
known of a firm; agreements.py what was agreed, events.py where, commitments.py what was promised; papers.py
certificates and approvals, quality.py samples and complaints, projects.py localisation projects.
"""

from suppliers.models.agreements import Agreement, Coverage, Party
from suppliers.models.commitments import Commitment
from suppliers.models.events import Attendance, Event
from suppliers.models.firms import Contact, FirmRole, LegalNumber, Registration
from suppliers.models.papers import Audit, Paper, PaperFamily, PaperPart, Standard, Stop
from suppliers.models.projects import Gate, Partner, Project, ProjectFamily
from suppliers.models.quality import Complaint, Ppap
from suppliers.models.suppliers import DateRange, Site, SitePlace, StatusSpan, Supplier

__all__ = [
    "Agreement",
    "Attendance",
    "Audit",
    "Commitment",
    "Complaint",
    "Contact",
    "Coverage",
    "DateRange",
    "Event",
    "FirmRole",
    "Gate",
    "LegalNumber",
    "Paper",
    "PaperFamily",
    "PaperPart",
    "Partner",
    "Party",
    "Ppap",
    "Project",
    "ProjectFamily",
    "Registration",
    "Site",
    "SitePlace",
    "Standard",
    "StatusSpan",
    "Stop",
    "Supplier",
]
