CREATE TABLE resources (
	id TEXT PRIMARY KEY,
	product TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	customer TEXT NOT NULL,
	license TEXT NOT NULL,
	client_limit INTEGER,
	added_at INTEGER NOT NULL,
	UNIQUE (product, name)
) STRICT;
