CREATE TABLE "attach_ask" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"things" jsonb NOT NULL,
	"language" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"settled_at" bigint,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attach_code" (
	"id" text PRIMARY KEY NOT NULL,
	"ask_id" text NOT NULL,
	"email" text NOT NULL,
	"salt" text NOT NULL,
	"code_hash" text NOT NULL,
	"proven_at" bigint,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "attach_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attach_ask" ADD CONSTRAINT "attach_ask_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attach_code" ADD CONSTRAINT "attach_code_ask_id_attach_ask_id_fk" FOREIGN KEY ("ask_id") REFERENCES "public"."attach_ask"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attach_ask_user" ON "attach_ask" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "attach_ask_settled" ON "attach_ask" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "attach_ask_expires" ON "attach_ask" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "attach_code_ask" ON "attach_code" USING btree ("ask_id");--> statement-breakpoint
CREATE INDEX "attach_code_proven" ON "attach_code" USING btree ("proven_at");--> statement-breakpoint
CREATE INDEX "attach_limit_until" ON "attach_limit" USING btree ("until");