"""What may be written in the files of a repository. Each field carries its Vietnamese term once."""
