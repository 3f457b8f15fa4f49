"""Every status of the product, with the transitions it allows."""
