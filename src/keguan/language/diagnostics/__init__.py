"""What can be found in a policy: one class, one catalogue, and a list that grows while a pass runs."""
