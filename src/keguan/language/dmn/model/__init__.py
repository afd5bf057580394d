"""A model ready to be decided: files read together, types resolved, requirements in order."""
