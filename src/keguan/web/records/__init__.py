"""档案: lists, drawer, 360 page, forms, and why a decision came out as it did."""
