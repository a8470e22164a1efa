"""bdg: gender-equality plans as version-controlled YAML, checked, rendered to Word and reported on."""

__version__ = "0.1.0"
