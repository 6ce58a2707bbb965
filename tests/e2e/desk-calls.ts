/**
 * The desk's own calls on a page without screens: what runs in the browser here is `src/lib/desk`
 * itself, over the real IndexedDB and against the real hub.
 *
 * @module
 */

import * as activate from '#lib/desk/requests/activate.ts';
import * as allotments from '#lib/desk/allotments/allotments.ts';
import * as draws from '#lib/desk/allotments/draws.ts';
import * as reservations from '#lib/desk/allotments/reservations.ts';
import * as answers from '#lib/desk/files/answers.ts';
import * as database from '#lib/desk/store/database.ts';
import * as desk from '#lib/desk/requests/desk.ts';
import * as deskKey from '#lib/desk/store/desk-key.ts';
import * as giveBack from '#lib/desk/requests/give-back.ts';
import * as holds from '#lib/desk/sync/holds.ts';
import * as intake from '#lib/desk/import/intake.ts';
import * as keeping from '#lib/desk/import/keeping.ts';
import { Live } from '#lib/desk/store/live.ts';
import * as lookup from '#lib/desk/licenses/lookup.ts';
import * as machines from '#lib/desk/licenses/machines.ts';
import * as newestAnswers from '#lib/desk/files/newest-answers.ts';
import * as outbox from '#lib/desk/store/outbox.ts';
import * as qr from '#lib/desk/files/qr.ts';
import * as requests from '#lib/desk/requests/requests.ts';
import * as round from '#lib/desk/sync/round.ts';
import * as session from '#lib/desk/hub/session.ts';
import * as sync from '#lib/desk/sync/sync.ts';
import * as transfer from '#lib/desk/import/transfer.ts';
import * as trust from '#lib/desk/hub/trust.ts';
import * as unsent from '#lib/desk/sync/unsent.ts';
import { QrReader } from '#lib/formats/qr.ts';
import * as waiting from '#lib/desk/requests/waiting.ts';
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
