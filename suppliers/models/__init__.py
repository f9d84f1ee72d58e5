"""suppliers.py who makes the parts: suppliers, their sites, and where the sites are."""

from suppliers.models.suppliers import DateRange, Site, SitePlace, Supplier

__all__ = ["DateRange", "Site", "SitePlace", "Supplier"]
