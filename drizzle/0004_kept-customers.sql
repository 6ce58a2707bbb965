CREATE TABLE "kept_customer" (
	"user_id" text NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "kept_customer_user_id_customer_id_pk" PRIMARY KEY("user_id","customer_id")
);
--> statement-breakpoint
ALTER TABLE "kept_customer" ADD CONSTRAINT "kept_customer_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_name" ON "customer" USING btree ("name","customer_id");--> statement-breakpoint
CREATE INDEX "license_issued" ON "license" USING btree ("license_id");--> statement-breakpoint
INSERT INTO "kept_customer" ("user_id", "customer_id") SELECT "member"."user_id", "customer"."customer_id" FROM "member", "customer" WHERE "member"."organization_id" = '00000000-0000-7000-8000-000000000000' AND "customer"."customer_id" <> '00000000-0000-7000-8000-000000000000';
