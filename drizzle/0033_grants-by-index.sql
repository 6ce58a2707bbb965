-- What a connection has planned once it goes on with: rows are found by their keys from the first one on, also
-- where there were few when it was planned, for nobody counts them anew until a minute later.
ALTER FUNCTION store_grants SET enable_seqscan = off;
