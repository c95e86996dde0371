"""Where a folder of editions is put for the public: places, and the order in which they change."""
