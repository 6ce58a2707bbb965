/**
 * The desk's own calls on a page without screens: what runs in the browser here is `src/lib/desk`
 * itself, over the real IndexedDB and against the real hub.
 *
 * @module
 */

import * as allotments from '#lib/desk/allotments/allotments.ts';
import * as answers from '#lib/desk/files/save-answers.ts';
import * as composeRequest from '#lib/desk/requests/compose-request.ts';
import * as database from '#lib/desk/store/database.ts';
import * as deskKey from '#lib/desk/store/desk-key.ts';
import * as draws from '#lib/desk/allotments/draws.ts';
import * as exportDesk from '#lib/desk/import/export-desk.ts';
import * as exportState from '#lib/desk/import/export-state.ts';
import * as holds from '#lib/desk/sync/holds.ts';
import * as identity from '#lib/desk/store/identity.ts';
import * as importDesk from '#lib/desk/import/import-desk.ts';
import * as importFiles from '#lib/desk/import/import-files.ts';
import * as importItem from '#lib/desk/import/import-item.ts';
import * as keepItems from '#lib/desk/import/keep-items.ts';
import * as knowledge from '#lib/desk/store/knowledge.ts';
import * as licenseKeys from '#lib/desk/mirror/license-keys.ts';
import * as licenseChoice from '#lib/desk/requests/license-choice.ts';
import * as lookup from '#lib/desk/licenses/lookup.ts';
import * as machineCode from '#lib/desk/requests/machine-code.ts';
import * as machines from '#lib/desk/licenses/machines.ts';
import * as mirrorFold from '#lib/desk/mirror/fold.ts';
import * as mirrorWrite from '#lib/desk/mirror/write.ts';
import * as mirrorParts from '#lib/desk/mirror/parts.ts';
import * as mirrored from '#lib/desk/mirror/mirrored.ts';
import * as newerFiles from '#lib/desk/licenses/newer-files.ts';
import * as newestAnswers from '#lib/desk/files/newest-answers.ts';
import * as owner from '#lib/desk/store/owner.ts';
import * as adoption from '#lib/desk/store/adoption.ts';
import * as people from '#lib/desk/hub/people.ts';
import * as outbox from '#lib/desk/store/outbox.ts';
import * as overview from '#lib/desk/requests/overview.ts';
import * as push from '#lib/desk/sync/push.ts';
import * as earlier from '#lib/desk/store/earlier.ts';
import * as qr from '#lib/desk/files/qr.ts';
import * as readLicenses from '#lib/desk/licenses/read-licenses.ts';
import * as readParts from '#lib/desk/licenses/read-parts.ts';
import * as readRequests from '#lib/desk/requests/read-requests.ts';
import * as readSync from '#lib/desk/sync/read-sync.ts';
import * as reservations from '#lib/desk/allotments/reservations.ts';
import * as composeReturn from '#lib/desk/requests/compose-return.ts';
import * as round from '#lib/desk/sync/round.ts';
import * as session from '#lib/desk/hub/session.ts';
import * as settings from '#lib/desk/store/settings.ts';
import * as state from '#lib/desk/store/state.ts';
import * as sticks from '#lib/desk/licenses/sticks.ts';
import * as submit from '#lib/desk/requests/submit.ts';
import * as sync from '#lib/desk/sync/sync.ts';
import * as syncOnce from '#lib/desk/sync/sync-once.ts';
import * as syncSignal from '#lib/desk/store/sync-signal.ts';
import * as texts from '#lib/desk/licenses/texts.ts';
import * as trust from '#lib/desk/hub/trust.ts';
import * as unsent from '#lib/desk/sync/unsent.ts';
import * as waiting from '#lib/desk/requests/waiting.ts';
import { Live } from '#lib/desk/store/live.ts';
import { QrReader } from '#lib/formats/qr.ts';
import * as zip from '#lib/formats/zip.ts';

const calls = {
	...allotments,
	...answers,
	...composeRequest,
	...database,
	...deskKey,
	...draws,
	...exportDesk,
	...exportState,
	...holds,
	...identity,
	...importDesk,
	...importFiles,
	...importItem,
	...keepItems,
	...knowledge,
	...licenseKeys,
	...licenseChoice,
	...lookup,
	...machineCode,
	...machines,
	...mirrorFold,
	...mirrorWrite,
	...mirrorParts,
	...mirrored,
	...newerFiles,
	...newestAnswers,
	...outbox,
	...owner,
	...adoption,
	...people,
	...overview,
	...push,
	...earlier,
	...qr,
	...readLicenses,
	...readParts,
	...readRequests,
	...readSync,
	...reservations,
	...composeReturn,
	...round,
	...session,
	...settings,
	...state,
	...sticks,
	...submit,
	...sync,
	...syncOnce,
	...syncSignal,
	...texts,
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
