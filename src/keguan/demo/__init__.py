"""The invented company 云岭置地: its offices, its staff, and a messy workbook of customers for the real importer."""
