"""What people fill in about what the city puts on."""
