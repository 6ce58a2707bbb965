CREATE TABLE "outbox_session" (
	"outbox" text NOT NULL,
	"session_id" text NOT NULL,
	CONSTRAINT "outbox_session_outbox_session_id_pk" PRIMARY KEY("outbox","session_id")
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "ended_at" bigint;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "seen_at" bigint;--> statement-breakpoint
ALTER TABLE "apikey" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "apikey" ADD COLUMN "customer_id" text;--> statement-breakpoint
ALTER TABLE "apikey" ADD COLUMN "read_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox_session" ADD CONSTRAINT "outbox_session_outbox_outbox_outbox_fk" FOREIGN KEY ("outbox") REFERENCES "public"."outbox"("outbox") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox_session" ADD CONSTRAINT "outbox_session_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_session_session" ON "outbox_session" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "outbox_user" ON "outbox" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "outbox_over" ON "outbox" USING btree ("jkt") WHERE "outbox"."forked_at" is not null or "outbox"."ended_at" is not null;