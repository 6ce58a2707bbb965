ALTER TABLE "activation" ADD COLUMN "drawn" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "activation_drawn" ON "activation" USING btree ("customer_id","license_id") WHERE "activation"."drawn";--> statement-breakpoint
CREATE INDEX "allotment_desk" ON "allotment" USING btree ("jkt");--> statement-breakpoint
CREATE INDEX "allotment_due" ON "allotment" USING btree ("files_until") WHERE "allotment"."reserved" > 0 or "allotment"."state" in ('open', 'frozen');