"""Keguan (客管): a company's written customer-management policy, run."""
