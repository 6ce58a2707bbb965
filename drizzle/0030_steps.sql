CREATE TABLE "step" (
	"id" text PRIMARY KEY NOT NULL,
	"transfer" text NOT NULL,
	"customer_id" text NOT NULL,
	"task" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "step_transfer" ON "step" USING btree ("transfer");