-- Without seqscans a plan that needs one, as of the few addresses of webhooks, has a cost of ten billion: a PostgreSQL
-- that can compiles such plans, each time anew, which takes a hundred times as long as what they do.
ALTER FUNCTION store_grants SET jit = off;
