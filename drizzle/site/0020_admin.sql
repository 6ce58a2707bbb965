CREATE TABLE `admin` (
	`id` integer PRIMARY KEY CHECK (`id` = 1),
	`name` text NOT NULL,
	`password_hash` text NOT NULL
) STRICT;
CREATE TABLE `admin_session` (
	`token_hash` text PRIMARY KEY,
	`ends_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE `site_setup` (
	`id` integer PRIMARY KEY CHECK (`id` = 1),
	`record` text NOT NULL
) STRICT;
