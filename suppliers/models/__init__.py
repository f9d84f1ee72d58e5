"""suppliers.py who makes the parts: suppliers with their status, their sites, and where the sites are; firms.py what else is known of a firm."""

from suppliers.models.firms import Contact, FirmRole, LegalNumber, Registration
from suppliers.models.suppliers import DateRange, Site, SitePlace, StatusSpan, Supplier

__all__ = [
    "Contact",
    "DateRange",
    "FirmRole",
    "LegalNumber",
    "Registration",
    "Site",
    "SitePlace",
    "StatusSpan",
    "Supplier",
]
