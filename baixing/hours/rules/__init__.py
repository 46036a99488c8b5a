"""Who may do what with hours, and how they are reckoned. `ledger` stands by itself: it runs without our server."""
