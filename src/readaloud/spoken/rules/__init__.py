"""Rules of the spoken form, a module for each class of written forms."""
