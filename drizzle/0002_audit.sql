CREATE TABLE "audit" (
	"customer_id" text NOT NULL,
	"n" bigint NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "audit_customer_id_n_pk" PRIMARY KEY("customer_id","n")
);
--> statement-breakpoint
ALTER TABLE "activation" ADD COLUMN "overage" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "audit_n" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "audit_hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "hub" ADD COLUMN "time_last" bigint;--> statement-breakpoint
ALTER TABLE "hub" ADD COLUMN "leap_from" bigint;--> statement-breakpoint
ALTER TABLE "hub" ADD COLUMN "leap_to" bigint;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "frozen_at" bigint;