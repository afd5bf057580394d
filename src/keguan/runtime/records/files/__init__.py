"""Files under the fields of records: shown, counted, put there, taken away, and gone with the record."""
