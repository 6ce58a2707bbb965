CREATE TABLE "kept_return" (
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL,
	"act" text NOT NULL,
	"gen" integer NOT NULL,
	"jkt" text NOT NULL,
	"token" text NOT NULL,
	"kept_at" bigint NOT NULL,
	CONSTRAINT "kept_return_customer_id_act_gen_jkt_pk" PRIMARY KEY("customer_id","act","gen","jkt")
);
--> statement-breakpoint
CREATE INDEX "kept_return_license" ON "kept_return" USING btree ("customer_id","license_id");