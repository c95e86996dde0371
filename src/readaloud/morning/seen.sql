-- What readaloud has seen. Times are ISO 8601 in UTC. docs/en/morning.md describes the tables.

CREATE TABLE edition (
  id INTEGER PRIMARY KEY,
  bulletin TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('making', 'made', 'published')),
  report TEXT NOT NULL DEFAULT '',
  UNIQUE (bulletin, day)
);

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  bulletin TEXT NOT NULL,
  address_key TEXT NOT NULL,
  source TEXT NOT NULL,
  address TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  published TEXT,
  first_seen TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'offered'
    CHECK (state IN ('offered', 'kept', 'taken', 'left out')),
  late INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  same_as TEXT NOT NULL DEFAULT '',
  edition INTEGER REFERENCES edition (id),
  place INTEGER,
  fingerprint BLOB,
  stem TEXT, suffix TEXT, charset TEXT, data BLOB,
  UNIQUE (bulletin, address_key)
);

CREATE INDEX article_by_state ON article (bulletin, state);

CREATE TABLE page (
  address TEXT PRIMARY KEY,
  etag TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  not_before TEXT NOT NULL DEFAULT ''
);

CREATE TABLE host (
  host TEXT PRIMARY KEY,
  robots TEXT,
  robots_read TEXT NOT NULL DEFAULT '',
  next_request REAL NOT NULL DEFAULT 0
);

PRAGMA user_version = 1;
