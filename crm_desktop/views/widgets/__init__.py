"""The reusable parts that screens are made of."""
