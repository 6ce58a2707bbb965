CREATE TABLE "server_code" (
	"id" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"name" text NOT NULL,
	"organization" text,
	"product" text,
	"jkt" text NOT NULL,
	"machine_code" text NOT NULL,
	"virtual" text,
	"state" text DEFAULT 'open' NOT NULL,
	"user_id" text,
	"customer_id" text,
	"license_id" text,
	"grant_hash" text,
	"grant_until" bigint,
	"interval" integer NOT NULL,
	"polled_at" bigint,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "server_code_code_hash_unique" UNIQUE("code_hash"),
	CONSTRAINT "server_code_grant_hash_unique" UNIQUE("grant_hash")
);
--> statement-breakpoint
ALTER TABLE "server_code" ADD CONSTRAINT "server_code_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "server_code_expires" ON "server_code" USING btree ("expires_at");