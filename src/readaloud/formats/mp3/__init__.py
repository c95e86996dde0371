"""MP3 with ID3 chapters."""
