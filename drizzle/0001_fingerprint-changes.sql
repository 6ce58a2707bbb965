ALTER TABLE "activation" ADD COLUMN "changes" jsonb;--> statement-breakpoint
ALTER TABLE "activation" ADD COLUMN "twin" text;--> statement-breakpoint
CREATE INDEX "activation_changed" ON "activation" USING btree ("customer_id","license_id") WHERE "activation"."changes" is not null;