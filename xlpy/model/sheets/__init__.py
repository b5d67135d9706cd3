"""What is drawn (版面): sheets, their titles, their formulas, as values; no library knows them."""
