"""Who may do what: permissions, roles, the actor. Pure."""
