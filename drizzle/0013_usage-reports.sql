CREATE TABLE "usage_hour" (
	"customer_id" text NOT NULL,
	"jkt" text NOT NULL,
	"product" text NOT NULL,
	"hour" integer NOT NULL,
	"peak" integer NOT NULL,
	"denied" integer NOT NULL,
	"waiting" integer NOT NULL,
	CONSTRAINT "usage_hour_customer_id_jkt_product_hour_pk" PRIMARY KEY("customer_id","jkt","product","hour")
);
--> statement-breakpoint
CREATE TABLE "usage_site" (
	"customer_id" text NOT NULL,
	"jkt" text NOT NULL,
	"product" text NOT NULL,
	"license_id" text NOT NULL,
	"site" text NOT NULL,
	"clients" integer NOT NULL,
	"signed_at" bigint NOT NULL,
	"last_hour" integer NOT NULL,
	CONSTRAINT "usage_site_customer_id_jkt_product_pk" PRIMARY KEY("customer_id","jkt","product")
);
