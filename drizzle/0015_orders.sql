CREATE TABLE "order_event" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"purchase_id" text,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"result" jsonb,
	"code" text,
	"facts" jsonb,
	"tries" integer NOT NULL,
	"received_at" bigint NOT NULL,
	"tried_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_line" (
	"customer_id" text NOT NULL,
	"purchase_id" text NOT NULL,
	"line_id" text NOT NULL,
	"license_id" text NOT NULL,
	"outcome" text NOT NULL,
	"content" text NOT NULL,
	"done_at" bigint NOT NULL,
	"refunded_at" bigint,
	CONSTRAINT "order_line_customer_id_purchase_id_line_id_pk" PRIMARY KEY("customer_id","purchase_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "order_secret" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "purchase" (
	"id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"address" text NOT NULL,
	"language" text NOT NULL,
	"placed_at" bigint NOT NULL,
	"joined_at" bigint
);
--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "purchase" text;--> statement-breakpoint
CREATE INDEX "order_event_newest" ON "order_event" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "order_event_purchase" ON "order_event" USING btree ("purchase_id");--> statement-breakpoint
CREATE INDEX "order_event_failed" ON "order_event" USING btree ("received_at") WHERE "order_event"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "order_line_license" ON "order_line" USING btree ("customer_id","license_id");--> statement-breakpoint
CREATE INDEX "purchase_address" ON "purchase" USING btree ("address");--> statement-breakpoint
CREATE INDEX "purchase_customer" ON "purchase" USING btree ("customer_id","id");