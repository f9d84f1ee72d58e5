"""suppliers.py who makes the parts: suppliers with their status, their sites, and where the sites are; firms.py what else is
known of a firm; agreements.py what was agreed, events.py where, commitments.py what was promised.
"""

from suppliers.models.agreements import Agreement, Coverage, Party
from suppliers.models.commitments import Commitment
from suppliers.models.events import Attendance, Event
from suppliers.models.firms import Contact, FirmRole, LegalNumber, Registration
from suppliers.models.suppliers import DateRange, Site, SitePlace, StatusSpan, Supplier

__all__ = [
    "Agreement",
    "Attendance",
    "Commitment",
    "Contact",
    "Coverage",
    "DateRange",
    "Event",
    "FirmRole",
    "LegalNumber",
    "Party",
    "Registration",
    "Site",
    "SitePlace",
    "StatusSpan",
    "Supplier",
]
