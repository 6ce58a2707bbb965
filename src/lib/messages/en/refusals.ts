/**
 * English: what happened, and what to do next, for every refusal.
 *
 * @module
 */
import { componentList } from '../words/components.ts';
import type { Message, MessageTable } from '../words/message.ts';
import { reasonText, typeName } from '../words/names.ts';
import * as wording from '../words/wording.ts';

const date = (seconds: number) => wording.day(seconds, 'en');
const time = (seconds: number) => wording.moment(seconds, 'en');
const parts = (components: readonly string[]) => componentList(components, 'en') || 'nothing';
const ask = (contact: string) => contact || 'the vendor';
const machines = (n: number) => (n === 1 ? '1 machine' : `${wording.count(n, 'en')} machines`);
const seatCount = (n: number) => (n === 1 ? '1 seat' : `${wording.count(n, 'en')} seats`);
const why = (reason: string) => reasonText(reason, 'en');
const kind = (type: string) => typeName(type, 'en');
const say = (title: string, next: string): Message => ({ title, next });

const carryAgain =
	'Copy the file again from where it was made, or use a QR code or copy and paste instead.';
const askForNewFile = 'Ask for the file to be saved again where it was made.';
const updateHere = 'Install the newer version here, then load the file again.';
const reportFile = 'Do not use this file. Ask for the answer to be saved again from the server.';
const fixClock = 'Set the clock of this machine, then try again.';

export const en: MessageTable = {
	FILE_TOO_LARGE: ({ bytes, limit }) =>
		say(
			`The file is ${wording.size(bytes, 'en')}; a Keyferry file is at most ${wording.size(limit, 'en')}.`,
			'Choose the request, activation or license file itself, not a document that contains it.'
		),
	FILE_MALFORMED: ({ reason, line }) =>
		['nothing-found', 'mail', 'html'].includes(reason)
			? say(
					`This is not a Keyferry file: ${why(reason)}.`,
					'Leave it out. If a file of Keyferry was attached to it, save the attachment.'
				)
			: say(
					`The file is damaged or not a Keyferry file${line === undefined ? '' : ` (line ${line})`}: ${why(reason)}.`,
					carryAgain
				),
	TOO_MANY_FILES: ({ limit }) =>
		say(
			`These are more than ${limit} files. The rest were not read.`,
			'Import them in several smaller batches.'
		),
	TOKEN_MALFORMED: ({ reason }) =>
		say(`A part of the file cannot be read: ${why(reason)}.`, carryAgain),
	TOKEN_TYPE_UNEXPECTED: ({ expected, found }) =>
		say(
			expected.length > 3
				? `This version does not know this kind of file (${found}).`
				: `This file is of the kind “${kind(found)}”; what is needed here is “${wording.list(expected.map(kind), 'en')}”.`,
			'Choose another file. Import shows what each file is.'
		),
	CLAIMS_INVALID: ({ type, path, reason }) =>
		say(`The ${kind(type)} has an unreadable value at “${path}”: ${why(reason)}.`, askForNewFile),
	FORMAT_VERSION_UNSUPPORTED: ({ found, newest }) =>
		say(`The file has format ${found}; this version reads up to ${newest}.`, updateHere),
	QR_MALFORMED: ({ reason }) =>
		say(
			`The QR code is not a complete Keyferry code: ${why(reason)}.`,
			'Scan all codes again, closer and without glare, or carry the file instead.'
		),
	FINGERPRINT_MALFORMED: ({ reason }) =>
		say(
			`The machine code cannot be read: ${why(reason)}.`,
			'Copy the whole output of `keyferry fingerprint`, from KFFP to its last character.'
		),
	LICENSE_NUMBER_INVALID: ({ number }) =>
		say(
			`“${number}” is not a license number: a character is missing, wrong or swapped.`,
			'Compare it with the license, group by group. It looks like KF-XXXX-XXXX-XXXX.'
		),

	SIGNATURE_INVALID: ({ type }) =>
		say(
			`The signature of the ${kind(type)} does not match its content: the file was changed after it was signed.`,
			reportFile
		),
	KEY_UNKNOWN: ({ kid }) =>
		say(
			`The file is signed by a key that is not trusted here (${kid.slice(0, 8)}…).`,
			'If it comes from another server, carry it there. Otherwise load the trust file of your vendor.'
		),
	KEY_WEAK: ({ kid }) =>
		say(`The file carries a key that is unsafe to use (${kid.slice(0, 8)}…).`, reportFile),
	KEY_NOT_ALLOWED: ({ type, kid }) =>
		say(`The key ${kid.slice(0, 8)}… may not sign a ${kind(type)}.`, reportFile),
	HUB_KEY_NOT_VALID: ({ signedAt, from, to }) =>
		say(
			`The file was signed on ${date(signedAt)}, outside the validity of its server key (${date(from)} to ${date(to)}).`,
			'Submit the request again. The server signs the answer with its current key.'
		),
	HUB_KEY_VOIDED: () =>
		say(
			'The vendor has voided the server key that signed this file.',
			'Submit the request again. The server answers with its new key.'
		),
	CHAIN_INCOMPLETE: ({ kid }) =>
		say(
			`The certificate of the server key ${kid.slice(0, 8)}… is missing, which can happen after a QR code.`,
			'Load the trust file or any earlier file of this server, or carry the whole file.'
		),

	LICENSE_NOT_FOUND: ({ number }) =>
		say(
			`The server has no license ${number} that it can show here.`,
			'Compare the number with the license. If it is correct, sign in as a member of the organization that holds it, or make the request with the license key.'
		),
	LICENSE_SUSPENDED: ({ number, contact }) =>
		say(`License ${number} is suspended.`, `Ask ${ask(contact)} for the reason and to resume it.`),
	LICENSE_FROZEN: ({ number, contact }) =>
		say(
			`License ${number} is frozen, because the server was restored from a backup.`,
			`Existing activations stay valid. Sync every device, then ask ${ask(contact)} to unfreeze the license.`
		),
	LICENSE_MOVED: ({ number, successor, contact }) =>
		say(
			`License ${number} has moved to another customer as ${successor}.`,
			`Existing activations stay valid. Ask ${ask(contact)} for a license of your own, or use ${successor} if it is yours.`
		),
	LICENSE_EXPIRED: ({ number, expiredAt, contact }) =>
		say(
			`License ${number} expired on ${date(expiredAt)}.`,
			`Ask ${ask(contact)} to renew it, then submit the request again.`
		),
	SEAT_LIMIT_REACHED: ({ number, seats, used, contact }) =>
		say(
			`All seats of license ${number} are taken: ${wording.count(used, 'en')} of ${machines(seats)}.`,
			`Give back the seat of a machine that no longer needs it, or ask ${ask(contact)} for more seats.`
		),
	VERSION_NOT_COVERED: ({ version, from, to, contact }) =>
		say(
			`The license covers version ${from === to ? from : `${from} to ${to}`}; this is version ${version}.`,
			`Ask ${ask(contact)} for an upgrade, or run a version that the license covers.`
		),
	KEY_FOREIGN: ({ product, contact }) =>
		say(
			`This key is from an older generation of ${product}, which this version cannot read.`,
			`Ask ${ask(contact)} for the successor license.`
		),
	PRODUCT_MISMATCH: ({ expected, found }) =>
		say(`The license is for ${found}, not for ${expected}.`, `Choose the license of ${expected}.`),
	MAINTENANCE_ENDED: ({ maintainedUntil, builtAt, contact }) =>
		say(
			`Maintenance ended on ${date(maintainedUntil)}; this version was built on ${date(builtAt)}.`,
			`Run a version built before that day, or ask ${ask(contact)} to extend maintenance.`
		),
	ENTITLEMENT_MISSING: ({ entitlement }) =>
		say(
			`The license does not include “${entitlement}”.`,
			'Ask the vendor for an edition that does.'
		),

	FINGERPRINT_TOO_WEAK: ({ present, given }) =>
		say(
			`Too little of this machine can be read to recognize it again. Found: ${parts(present)}.`,
			given
				? 'In a container, give it a name that stays the same: `--fingerprint NAME` for the request, KEYFERRY_FINGERPRINT=NAME for the product.'
				: 'A container needs a name given by hand, which only some licenses allow; ask the vendor for one, or run the product on the machine itself.'
		),
	FINGERPRINT_NOT_ALLOWED: ({ number }) =>
		say(
			`License ${number} does not accept a fingerprint entered manually.`,
			'Use the code that `keyferry fingerprint` prints on the machine.'
		),
	FINGERPRINT_MISMATCH: ({ matched, differ, needed }) =>
		say(
			`The file is for another machine: ${parts(differ)} differ, ${matched.length} of ${needed} needed parts match.`,
			'Carry it to the machine that it was made for, or make a new request on this one.'
		),
	FINGERPRINT_AMBIGUOUS: ({ labels }) =>
		say(
			`This machine resembles several that are already activated: ${wording.list(labels.filter(Boolean), 'en') || 'unnamed machines'}.`,
			'Give back the seat of the one that is gone, then submit the request again.'
		),
	VIRTUAL_MACHINE_REFUSED: ({ number, contact }) =>
		say(
			`License ${number} does not cover virtual machines.`,
			`Activate on a physical machine, or ask ${ask(contact)} for a license that covers virtual ones.`
		),
	MACHINE_NOT_ACTIVATED: ({ product }) =>
		say(
			`${product} is not activated on this machine yet.`,
			'Make an activation request here, have it carried to the server, then load the answer.'
		),
	MACHINE_KEY_MISMATCH: () =>
		say(
			'This was not signed with the machine key that the activation was made for.',
			'Make it on that machine itself. If its key is lost, make a new request there. The machine keeps its seat.'
		),

	REQUEST_SPENT: () =>
		say(
			'The seat of this request was given back, so the request cannot be used again.',
			'Make a new activation request on the machine.'
		),
	REQUEST_UNKNOWN: () =>
		say(
			'The server does not know this request yet.',
			'Submit the request file first, then ask for its answer.'
		),
	REQUEST_ID_TAKEN: () =>
		say(
			'The server already has another request with the same ID.',
			'Make a new request on the machine and submit that one.'
		),
	ACTIVATION_EXPIRED: ({ expiredAt, contact }) =>
		say(
			`The activation expired on ${date(expiredAt)}.`,
			`Ask ${ask(contact)} to renew the license, then load the new activation file.`
		),
	ACTIVATION_RETIRED: ({ contact }) =>
		say(
			'This activation was retired: its machine was reported as gone.',
			`If this machine is still in use, make a new request, or ask ${ask(contact)}.`
		),
	ACTIVATION_RETURNED: ({ file, settled }) =>
		settled
			? say(
					`This machine gave back the seat of this activation; the receipt is in ${file}.`,
					'To use the product here again, make a new activation request.'
				)
			: say(
					`This machine gave back the seat of this activation; the return is in ${file}.`,
					'Have the return submitted to the server and load its receipt. To use the product here again, make a new activation request. It takes the return along.'
				),
	ACTIVATION_UNKNOWN: ({ activation }) =>
		activation
			? say(
					`This machine holds no activation “${activation}”.`,
					'Compare it with what `keyferry status` lists: name an activation, or the number of its license.'
				)
			: say(
					'This machine holds no activation whose seat could be given back.',
					'There is nothing to do. `keyferry status` shows what is here.'
				),
	ACTIVATION_AMBIGUOUS: ({ activations }) =>
		say(
			`This machine holds several activations: ${wording.list(activations, 'en')}.`,
			'Name the one you mean.'
		),
	GENERATION_SUPERSEDED: ({ generation, newest }) =>
		say(
			`This is file ${generation} of the activation, but file ${newest} is already loaded here.`,
			'There is nothing to do. Keep the newer file.'
		),

	CLOCK_BEHIND: ({ clock, trusted }) =>
		say(`The clock here says ${time(clock)}, but ${time(trusted)} has certainly passed.`, fixClock),
	CLOCK_AHEAD: ({ clock, trusted }) =>
		say(
			`The machine’s clock showed ${time(clock)} when it was ${time(trusted)} on the server.`,
			'Set the clock of the machine. The answer is valid anyway.'
		),
	STATE_OF_OTHER_MACHINE: ({ folder, differ }) =>
		say(
			`The folder ${folder} holds the license state of another machine: ${parts(differ)} differ.`,
			'If this machine was repaired, make a new request with `keyferry request --repair`: it keeps the seat. If the folder was copied here, rename it and make a new request, or choose another folder with --state.'
		),
	STATE_KEY_ELSEWHERE: ({ folder, owner }) =>
		say(
			`The machine key in ${folder} belongs to ${owner}, and this account cannot use it.`,
			`Run the command as ${owner}, who may have to load the activation file first.`
		),
	ROOTS_MISSING: ({ looked }) =>
		say(
			`There is no trusted root key here${looked.length ? `; looked in ${wording.list(looked, 'en')}` : ''}.`,
			'Load your vendor’s trust file, or name the root keys with --roots.'
		),

	SIGN_IN_REQUIRED: () => say('This needs a signed-in account.', 'Sign in, then try again.'),
	SIGN_IN_REFUSED: ({ email }) =>
		say(
			`The email address ${email} and the password do not match an account.`,
			'Check both and try again. Nothing on this device is lost.'
		),
	NOT_PERMITTED: ({ action }) =>
		say(
			`This account does not have permission for this: ${action}.`,
			'Ask a manager of your organization, or sign in with another account.'
		),
	RATE_LIMITED: ({ retryAfterSeconds }) =>
		say(
			'The server has received many requests from here in a short time.',
			`Wait ${wording.duration(retryAfterSeconds, 'en')}, then try again.`
		),
	BODY_INVALID: ({ path, reason }) =>
		say(
			`The data sent has an error at “${path}”: ${why(reason)}.`,
			'Correct it and send it again.'
		),
	BODY_TOO_LARGE: ({ limit }) =>
		say(
			`The data sent is larger than ${wording.size(limit, 'en')}.`,
			'Send it in several smaller parts.'
		),
	NOT_FOUND: ({ what }) =>
		say(`There is no ${what} here.`, 'Check the address, or go back to the overview.'),
	HOST_NOT_SERVED: ({ address }) =>
		say(
			`This server answers at ${address} and under no other name.`,
			`Open ${address}. If that is what you did, the proxy in front of the server has to pass on the Host header.`
		),
	KEY_OF_STAFF: () =>
		say(
			'This is a key of vendor staff: whoever holds it reads every customer and can fetch backups.',
			'Keep it where secrets are kept, and delete it once its script is no longer used.'
		),
	HUB_STORAGE_FULL: () =>
		say(
			'The server’s disk is full, so nothing was stored.',
			'Send the same again later, once whoever runs the server has freed some space.'
		),
	HUB_UNREACHABLE: ({ hub }) =>
		say(
			`The server at ${hub} does not answer.`,
			'Nothing is lost. Try again when there is a connection, or carry the file.'
		),

	COMMAND_UNKNOWN: ({ type, version }) =>
		say(
			`The server does not know “${type}” in version ${version} yet.`,
			'Update the server, then sync again.'
		),
	COMMAND_FAILED: ({ support }) =>
		say(
			`The server had a fault while doing this (${support}). Nothing has changed.`,
			'Try again. If this keeps happening, give this code to whoever runs the server.'
		),
	FACT_FAILED: ({ support }) =>
		say(
			`The server had a fault while recording this (${support}). It is not recorded yet.`,
			'Keep it and submit it again. If this keeps happening, give this code to whoever runs the server.'
		),
	ALLOTMENT_NOT_FOUND: () =>
		say(
			'These offline seats do not exist any more.',
			'Sync, then look at the list of offline seats again.'
		),
	ALLOTMENT_LIMIT_REACHED: ({ number, allowed, held, of }) =>
		say(
			of === 'license'
				? `All devices together may hold ${seatCount(allowed)} of license ${number} at a time; they hold ${wording.count(held, 'en')}.`
				: `One person may hold ${seatCount(allowed)} of license ${number} at a time, on all devices together; you hold ${wording.count(held, 'en')}.`,
			'Give back offline seats that are no longer needed, or ask the license manager to allow more.'
		),
	ALLOTMENT_SPENT: ({ number, slots }) =>
		say(
			`All ${wording.count(slots, 'en')} offline seats of license ${number} on this device are issued.`,
			'Queue the request for the server, or reserve more seats when you are online.'
		),
	ALLOTMENT_ENDED: ({ endedAt }) =>
		say(
			`These offline seats could be issued until ${date(endedAt)}.`,
			'Queue the request for the server, or reserve seats again when you are online.'
		),
	ALLOTMENT_CLOSED: () =>
		say(
			'Nothing more can be issued from these offline seats.',
			'Queue the request for the server, or reserve seats again when you are online.'
		),
	ALLOTMENT_STILL_ISSUING: ({ until }) =>
		say(
			`The device may still issue these seats until ${date(until)}.`,
			'Write them off after that, or stop the device now so that it gets no new ones.'
		),
	STORAGE_NOT_KEPT: () =>
		say(
			'This browser may delete what this app stores, and with it the record of what was issued.',
			'Install this app, or allow the browser to keep its data (Settings, Storage), then reserve again.'
		),
	STORAGE_FULL: () =>
		say(
			'This device has no room left, so nothing new was stored. What was stored before is safe.',
			'Export everything (Settings, Export), make room on the device, then try again.'
		),
	DESK_RESTORED: ({ issued, known }) =>
		say(
			`This device has issued ${seatCount(issued)}, but its data shows only ${wording.count(known, 'en')}: the data was restored from a backup, or copied.`,
			'So that no seat is issued twice, nothing more is issued from these offline seats here. Sync, ask the license manager to stop them, then reserve new ones.'
		),
	DRAW_INVALID: ({ claim }) =>
		say(
			`This activation was issued offline, and claims something that its offline seats do not allow (${claim}).`,
			'Do not use it. Ask whoever issued it for another one.'
		),
	SLOT_CONTESTED: ({ number, slot, until, contact }) =>
		say(
			`Offline seat ${wording.count(slot, 'en')} of license ${number} was issued to another machine first. This machine’s file expires on ${date(until)}.`,
			`Request a seat of its own for this machine before that, or ask ${ask(contact)}.`
		),
	OUTBOX_NOT_YOURS: () =>
		say(
			'What is waiting here belongs to another device or another person.',
			'Sign in as the person who queued it, or export it and have it sent from their device.'
		),
	PUSH_NOT_SIGNED: () =>
		say(
			'The server cannot verify that this device sent it: the signature is missing or does not match.',
			'Nothing is lost. Update this app, or export what is waiting and import it on another device.'
		),
	PROTOCOL_UNSUPPORTED: ({ found, oldest, newest }) =>
		say(
			`This app uses version ${found} of the sync protocol; the server uses ${oldest} to ${newest}.`,
			found < oldest
				? 'Reload this app to update it. What is waiting is kept.'
				: 'Ask for the server to be updated. What is waiting is kept.'
		),
	ALREADY_DONE: () =>
		say(
			'This was decided so long ago that its result is no longer kept.',
			'There is nothing to do. Open the license to see its current status.'
		),
	OUTBOX_FORKED: () =>
		say(
			'The server has seen this device twice, so its data was copied or restored from a backup.',
			'Export what is waiting here. This app then starts a new outbox and sends it again.'
		),
	DEPENDENCY_REFUSED: ({ dependsOn }) =>
		say(
			`Step ${dependsOn}, which this one builds on, was refused.`,
			'Resolve that step first, then submit this one again.'
		)
};
