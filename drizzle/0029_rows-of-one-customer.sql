-- What the vendor called a license is asked before anybody knows its customer: so it leads a table of its own.
CREATE TABLE "imported_license" (
	"reference" text PRIMARY KEY NOT NULL,
	"license_id" text NOT NULL
);
--> statement-breakpoint
INSERT INTO "imported_license" SELECT "reference", "license_id" FROM "license" WHERE "reference" IS NOT NULL;--> statement-breakpoint
DROP INDEX "license_reference";--> statement-breakpoint
ALTER TABLE "license" DROP COLUMN "reference";--> statement-breakpoint
ALTER TABLE "webhook_delivery" DROP CONSTRAINT "webhook_delivery_endpoint_id_event_id_pk";--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_customer_id_endpoint_id_event_id_pk" PRIMARY KEY("customer_id","endpoint_id","event_id");--> statement-breakpoint
-- As in 0027, but that what other servers are told is of this customer too.
CREATE OR REPLACE FUNCTION store_grants(
	of_customer text, seen_revision bigint, seen_hash text, next_n bigint, next_hash text,
	license_ids text[], unread_requests text[], unread_hashes text[], renewed_acts text[],
	license_rows json, activation_rows json, component_rows json, file_rows json, request_rows json,
	audit_rows json, event_rows json
) RETURNS json LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM license
		WHERE customer_id = of_customer AND license_id = ANY (license_ids) ORDER BY license_id FOR UPDATE;
	IF EXISTS (SELECT FROM request WHERE customer_id = of_customer AND request = ANY (unread_requests))
		OR EXISTS (
			SELECT FROM activation_component WHERE customer_id = of_customer
				AND license_id = ANY (license_ids) AND hash = ANY (unread_hashes)
		)
	THEN
		RETURN (
			SELECT json_build_object(
				'revision', customer.revision,
				'hash', customer.audit_hash,
				'requests', (
					SELECT json_agg(known) FROM request known
					WHERE known.customer_id = of_customer AND known.request = ANY (unread_requests)
				),
				'activations', (
					SELECT json_agg(known) FROM activation known
					WHERE known.customer_id = of_customer AND known.act IN (
						SELECT request.act FROM request
						WHERE request.customer_id = of_customer AND request.request = ANY (unread_requests)
						UNION
						SELECT component.act FROM activation_component component
						WHERE component.customer_id = of_customer
							AND component.license_id = ANY (license_ids)
							AND component.hash = ANY (unread_hashes)
					)
				)
			)
			FROM customer WHERE customer.customer_id = of_customer
		);
	END IF;
	UPDATE customer SET revision = seen_revision + 1, audit_n = next_n, audit_hash = next_hash
		WHERE customer_id = of_customer AND revision = seen_revision AND audit_hash = seen_hash;
	IF NOT FOUND THEN
		RETURN '{}';
	END IF;
	-- What answered the newest request until now is told again: before it is another.
	IF cardinality(renewed_acts) > 0 THEN
		UPDATE request SET revision = seen_revision + 1 FROM activation
			WHERE activation.customer_id = of_customer AND activation.act = ANY (renewed_acts)
				AND request.customer_id = of_customer AND request.request = activation.request;
	END IF;
	UPDATE license SET active = counted.active, ceiling = counted.ceiling, revision = counted.revision
		FROM json_populate_recordset(null::license, license_rows) counted
		WHERE license.customer_id = of_customer AND license.license_id = counted.license_id;
	INSERT INTO activation SELECT * FROM json_populate_recordset(null::activation, activation_rows)
		ON CONFLICT (customer_id, act) DO UPDATE SET
			state = excluded.state, cools_until = excluded.cools_until, gen = excluded.gen,
			fp = excluded.fp, first_key = excluded.first_key, held = excluded.held,
			label = excluded.label, name = excluded.name, granted_at = excluded.granted_at,
			expires_at = excluded.expires_at, files_end_at = excluded.files_end_at,
			request = excluded.request, overage = excluded.overage, drawn = excluded.drawn,
			changes = excluded.changes, twin = excluded.twin, said = excluded.said,
			heard_at = excluded.heard_at, revision = excluded.revision;
	INSERT INTO activation_component
		SELECT * FROM json_populate_recordset(null::activation_component, component_rows)
		ON CONFLICT DO NOTHING;
	INSERT INTO activation_file SELECT * FROM json_populate_recordset(null::activation_file, file_rows);
	INSERT INTO request SELECT * FROM json_populate_recordset(null::request, request_rows)
		ON CONFLICT (customer_id, request) DO UPDATE SET
			state = excluded.state, act = excluded.act, refusal = excluded.refusal, kid = excluded.kid,
			token = excluded.token, decided_at = excluded.decided_at, revision = excluded.revision;
	INSERT INTO audit SELECT * FROM json_populate_recordset(null::audit, audit_rows);
	IF EXISTS (SELECT FROM webhook_endpoint WHERE is_on) THEN
		INSERT INTO webhook_delivery
				(endpoint_id, event_id, kind, customer_id, subject, number, facts, at, next_at)
			SELECT endpoint.id, event.id, event.kind, of_customer, event.subject, license.number,
				event.facts, event.at, event.at
			FROM webhook_endpoint endpoint
			JOIN json_to_recordset(event_rows) AS event (
				id text, kind text, license_id text, subject text, facts jsonb, at bigint
			) ON endpoint.is_on AND endpoint.kinds @> to_jsonb(event.kind)
			LEFT JOIN license
				ON license.customer_id = of_customer AND license.license_id = event.license_id;
	END IF;
	RETURN null;
END $$;
