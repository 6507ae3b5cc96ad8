"""Those who work here and those who come here."""
