"""What a password must be, how long it holds, and storing one."""
