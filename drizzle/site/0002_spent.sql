-- Claims that were answered before: whoever has listened to one and sends it again takes nobody's seat.
create table spent (
	nonce text primary key,
	at integer not null
) strict, without rowid;
create index spent_at on spent (at);
