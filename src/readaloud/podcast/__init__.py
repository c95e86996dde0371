"""Publishing: editions in a folder as a podcast feed, and a server for the own machine."""
