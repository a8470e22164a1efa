"""Documents: blocks with origins, built from models, written as .docx or as text."""
