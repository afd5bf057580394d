"""附件: files that lie under a field of a record, encrypted, each of a kind and a size that the policy allows."""
