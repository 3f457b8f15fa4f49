"""The ward: may I use it, our tasks, our stock, use on a patient, return."""
