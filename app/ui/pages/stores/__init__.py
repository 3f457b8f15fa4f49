"""Store work: transfers, shelves and stock-takes."""
