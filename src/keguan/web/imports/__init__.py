"""导入: upload, mapping, dry run, progress, the file of rejected rows."""
