"""Quotas: how full they are, who would fall and who would rise next."""
