-- What a customer leaves for another is its own, and whoever takes it marks that: no transaction is of both.
CREATE TABLE "customer_step" (
	"customer_id" text NOT NULL,
	"id" text NOT NULL,
	"transfer" text NOT NULL,
	"sent_to" text NOT NULL,
	"task" jsonb NOT NULL,
	CONSTRAINT "customer_step_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "taken_step" (
	"customer_id" text NOT NULL,
	"id" text NOT NULL,
	CONSTRAINT "taken_step_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
