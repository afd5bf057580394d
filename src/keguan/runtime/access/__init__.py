"""Who may see what: the one choke point through which stored values reach people."""
