"""From the cells of a sheet to records that may be written, and to reasons for those that may not."""
