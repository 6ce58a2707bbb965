-- What is active of each product, as the leases know it.
create table pool (
	product text primary key,
	terms integer not null,
	licenses text not null
) strict, without rowid;

-- A client has one lease of a product. When it was renewed is kept in memory alone.
create table lease (
	product text not null,
	client text not null,
	id text not null,
	activation text not null,
	terms integer not null,
	dh text not null,
	nonce text not null,
	user text not null,
	machine text,
	version text,
	resource text,
	grace integer not null,
	since integer not null,
	primary key (product, client)
) strict, without rowid;

create table setting (
	name text primary key,
	value text not null
) strict, without rowid;
