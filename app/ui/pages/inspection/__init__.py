"""Inspection: a second pair of eyes before goods may be used."""
