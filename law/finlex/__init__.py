"""Finlex, the state's database of law: its addresses, what it gives out, and watching it."""

from .addresses import as_given, committee_report, consolidated, proposal, section_of

__all__ = ["as_given", "committee_report", "consolidated", "proposal", "section_of"]
