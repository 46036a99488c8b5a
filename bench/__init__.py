"""What is measured, as commands: `.venv/bin/python -m bench.search`. Nothing here is a test."""
