"""What people were told, how they want to be told, and the administrator's channels and log."""
