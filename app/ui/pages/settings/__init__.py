"""Settings: this workstation, the persons, the database."""
