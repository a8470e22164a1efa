"""What came in from people, held against the repository: what would be added, changed, refused. Nothing is written."""
