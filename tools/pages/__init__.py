"""What the pages are made of: their reader, numbers, ledger, the map."""
