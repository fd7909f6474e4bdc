"""Who may use the page and see which reports: accounts, logins, grants, the audit log, retention."""
