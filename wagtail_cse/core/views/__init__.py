"""Views of core: the person's own pages."""
