/**
 * The desk's own calls on a page without screens: what runs in the browser here is `src/lib/desk`
 * itself, over the real IndexedDB and against the real hub.
 *
 * @module
 */

import * as activate from '#lib/desk/activate.ts';
import * as allotments from '#lib/desk/allotments.ts';
import * as draws from '#lib/desk/draws.ts';
import * as reservations from '#lib/desk/reservations.ts';
import * as answers from '#lib/desk/answers.ts';
import * as database from '#lib/desk/database.ts';
import * as desk from '#lib/desk/desk.ts';
import * as deskKey from '#lib/desk/desk-key.ts';
import * as giveBack from '#lib/desk/give-back.ts';
import * as holds from '#lib/desk/holds.ts';
import * as intake from '#lib/desk/intake.ts';
import * as keeping from '#lib/desk/keeping.ts';
import { Live } from '#lib/desk/live.ts';
import * as lookup from '#lib/desk/lookup.ts';
import * as machines from '#lib/desk/machines.ts';
import * as newestAnswers from '#lib/desk/newest-answers.ts';
import * as outbox from '#lib/desk/outbox.ts';
import * as qr from '#lib/desk/qr.ts';
import * as requests from '#lib/desk/requests.ts';
import * as round from '#lib/desk/round.ts';
import * as session from '#lib/desk/session.ts';
import * as sync from '#lib/desk/sync.ts';
import * as transfer from '#lib/desk/transfer.ts';
import * as trust from '#lib/desk/trust.ts';
import * as unsent from '#lib/desk/unsent.ts';
import { QrReader } from '#lib/formats/qr.ts';
import * as waiting from '#lib/desk/waiting.ts';
import * as zip from '#lib/formats/zip.ts';

const calls = {
	...activate,
	...allotments,
	...draws,
	...reservations,
	...answers,
	...database,
	...desk,
	...deskKey,
	...giveBack,
	...holds,
	...intake,
	...keeping,
	...lookup,
	...machines,
	...newestAnswers,
	...outbox,
	...qr,
	...requests,
	...round,
	...session,
	...sync,
	...transfer,
	...trust,
	...unsent,
	...waiting,
	...zip,
	Live,
	QrReader
};

export type DeskCalls = typeof calls;

declare global {
	/** Only on the page that `desk-page.ts` opens. */
	var desk: DeskCalls;
}

globalThis.desk = calls;
