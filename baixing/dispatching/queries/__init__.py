"""What plans are, and what they follow from. Modules that say so are asked by the worker alone."""
