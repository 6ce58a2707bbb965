CREATE TABLE "allotment" (
	"customer_id" text NOT NULL,
	"allotment" text NOT NULL,
	"license_id" text NOT NULL,
	"outbox" text NOT NULL,
	"jkt" text NOT NULL,
	"user_id" text NOT NULL,
	"desk" text NOT NULL,
	"max" integer NOT NULL,
	"reserved" integer NOT NULL,
	"state" text NOT NULL,
	"issue_until" bigint NOT NULL,
	"files_until" bigint NOT NULL,
	"drawn" jsonb,
	"close_token" text,
	"ended_by" text,
	"reason" text,
	"ended_at" bigint,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"created_at" bigint NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "allotment_customer_id_allotment_pk" PRIMARY KEY("customer_id","allotment"),
	CONSTRAINT "allotment_reserved" CHECK ("allotment"."reserved" >= 0 and "allotment"."reserved" <= "allotment"."max")
);
--> statement-breakpoint
CREATE TABLE "draw" (
	"customer_id" text NOT NULL,
	"jti" text NOT NULL,
	"allotment" text NOT NULL,
	"slot" integer NOT NULL,
	"drawn_act" text NOT NULL,
	"act" text NOT NULL,
	"state" text NOT NULL,
	"gen" integer NOT NULL,
	"request" text NOT NULL,
	"jkt" text NOT NULL,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "draw_customer_id_jti_pk" PRIMARY KEY("customer_id","jti")
);
--> statement-breakpoint
CREATE TABLE "waiting_request" (
	"customer_id" text NOT NULL,
	"request" text NOT NULL,
	"license_id" text NOT NULL,
	"token" text NOT NULL,
	"actor" text NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "waiting_request_customer_id_request_pk" PRIMARY KEY("customer_id","request")
);
--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "desk_seats" integer DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "allotment_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "draw_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "waiting" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "jkt" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "desk" text;--> statement-breakpoint
CREATE INDEX "allotment_license" ON "allotment" USING btree ("customer_id","license_id","state");--> statement-breakpoint
CREATE INDEX "allotment_revision" ON "allotment" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "draw_slot" ON "draw" USING btree ("customer_id","allotment","slot");--> statement-breakpoint
CREATE INDEX "draw_act" ON "draw" USING btree ("customer_id","act");--> statement-breakpoint
CREATE INDEX "waiting_request_license" ON "waiting_request" USING btree ("customer_id","license_id","since");