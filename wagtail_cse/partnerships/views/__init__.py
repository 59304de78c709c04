"""Screens of partnerships."""
