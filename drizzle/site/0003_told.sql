-- Seconds that the client was told its lease lives: a setting that is lowered takes nobody's time away.
alter table lease add column ttl integer not null default 60;
