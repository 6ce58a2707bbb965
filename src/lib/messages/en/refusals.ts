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
const why = (reason: string) => reasonText(reason, 'en');
const kind = (type: string) => typeName(type, 'en');
const say = (title: string, next: string): Message => ({ title, next });

const carryAgain = 'Copy the file again from where it was made, or carry it by QR code or paste.';
const askForNewFile = 'Ask the person who made the file to save it again from its source.';
const updateHere = 'Install the newer version here, then bring the file again.';
const reportFile = 'Do not use this file. Ask for the answer to be saved again from the hub.';
const fixClock = 'Set the clock of this machine, then try again.';

export const en: MessageTable = {
	FILE_TOO_LARGE: ({ bytes, limit }) =>
		say(
			`The file has ${wording.size(bytes, 'en')}; a Keyferry file has at most ${wording.size(limit, 'en')}.`,
			'Choose the single request, activation or license file, not a document around it.'
		),
	FILE_MALFORMED: ({ reason, line }) =>
		say(
			`The file is damaged or not a Keyferry file${line === undefined ? '' : ` (line ${line})`}: ${why(reason)}.`,
			carryAgain
		),
	TOO_MANY_FILES: ({ limit }) =>
		say(
			`These are more than ${limit} files at once; those beyond were not looked at.`,
			'Take them in by several smaller steps.'
		),
	TOKEN_MALFORMED: ({ reason }) =>
		say(`A part of the file cannot be read: ${why(reason)}.`, carryAgain),
	TOKEN_TYPE_UNEXPECTED: ({ expected, found }) =>
		say(
			expected.length > 3
				? `This is of a kind that this version does not know (${found}).`
				: `This is of the kind “${kind(found)}”, where “${wording.list(expected.map(kind), 'en')}” is needed.`,
			'Choose the other file. Take in shows what each file is.'
		),
	CLAIMS_INVALID: ({ type, path, reason }) =>
		say(
			`The ${kind(type)} holds something unreadable at “${path}”: ${why(reason)}.`,
			askForNewFile
		),
	FORMAT_VERSION_UNSUPPORTED: ({ found, newest }) =>
		say(`The file has format ${found}; this version reads up to ${newest}.`, updateHere),
	QR_MALFORMED: ({ reason }) =>
		say(
			`The QR code is not a whole Keyferry code: ${why(reason)}.`,
			'Scan all frames again, closer and without glare, or carry the file instead.'
		),
	FINGERPRINT_MALFORMED: ({ reason }) =>
		say(
			`The machine code cannot be read: ${why(reason)}.`,
			'Copy the whole output of `keyferry fingerprint`, from KFFP to its last character.'
		),
	LICENSE_NUMBER_INVALID: ({ number }) =>
		say(
			`“${number}” is not a license number: a symbol is missing, wrong or swapped.`,
			'Compare it with the license, group by group. It looks like KF-XXXX-XXXX-XXXX.'
		),

	SIGNATURE_INVALID: ({ type }) =>
		say(
			`The signature of the ${kind(type)} does not fit its content: it was changed on the way.`,
			reportFile
		),
	KEY_UNKNOWN: ({ kid }) =>
		say(
			`The file is signed by a key that is not trusted here (${kid.slice(0, 8)}…).`,
			'If it comes from another hub, carry it there. Otherwise load the trust file of your vendor.'
		),
	KEY_WEAK: ({ kid }) =>
		say(`The file carries a key that is unsafe to use (${kid.slice(0, 8)}…).`, reportFile),
	KEY_NOT_ALLOWED: ({ type, kid }) =>
		say(`The key ${kid.slice(0, 8)}… may not sign a ${kind(type)}.`, reportFile),
	HUB_KEY_NOT_VALID: ({ signedAt, from, to }) =>
		say(
			`The file was signed on ${date(signedAt)}, outside the term of its hub key (${date(from)} to ${date(to)}).`,
			'Ask the hub for the answer again; it signs with its present key.'
		),
	HUB_KEY_VOIDED: () =>
		say(
			'The vendor has voided the hub key that signed this file.',
			'Submit the request again: the hub answers under its new key.'
		),
	CHAIN_INCOMPLETE: ({ kid }) =>
		say(
			`The certificate of the hub key ${kid.slice(0, 8)}… is missing, as it can be after a QR code.`,
			'Load the trust file or any earlier file of this hub, or carry the whole file.'
		),

	LICENSE_NOT_FOUND: ({ number }) =>
		say(
			`The hub knows no license ${number} that it may show here.`,
			'Compare the number with the license. If it is right, sign in as a member of its customer, or make the request with the license key.'
		),
	LICENSE_SUSPENDED: ({ number, contact }) =>
		say(`License ${number} is suspended.`, `Ask ${ask(contact)} why, and to resume it.`),
	LICENSE_FROZEN: ({ number, contact }) =>
		say(
			`License ${number} grants nothing yet: the hub was restored from a backup.`,
			`What is activated stays so. Sync every desk, then ask ${ask(contact)} to lift the freeze.`
		),
	LICENSE_MOVED: ({ number, successor, contact }) =>
		say(
			`License ${number} has moved to another customer, as ${successor}.`,
			`What is activated stays so. Ask ${ask(contact)} for a license of your own, or use ${successor} where it is yours.`
		),
	LICENSE_EXPIRED: ({ number, expiredAt, contact }) =>
		say(
			`License ${number} expired on ${date(expiredAt)}.`,
			`Ask ${ask(contact)} to renew it, then submit the request again.`
		),
	SEAT_LIMIT_REACHED: ({ number, seats, used, contact }) =>
		say(
			`All seats of license ${number} are taken: ${wording.count(used, 'en')} of ${machines(seats)}.`,
			`Return a seat on a machine that no longer needs it, or ask ${ask(contact)} for more seats.`
		),
	VERSION_NOT_COVERED: ({ version, from, to, contact }) =>
		say(
			`The license covers version ${from === to ? from : `${from} to ${to}`}; this is version ${version}.`,
			`Ask ${ask(contact)} for the upgrade, or run a version that is covered.`
		),
	KEY_FOREIGN: ({ product, contact }) =>
		say(
			`This is a key of an older generation of ${product}, in a form that this version does not read.`,
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

	FINGERPRINT_TOO_WEAK: ({ present }) =>
		say(
			`Too little of this machine can be read to know it again; found: ${parts(present)}.`,
			'Run `keyferry fingerprint` on the machine itself, outside a container, and use its code.'
		),
	FINGERPRINT_NOT_ALLOWED: ({ number }) =>
		say(
			`License ${number} does not accept a fingerprint given by hand.`,
			'Use the code that `keyferry fingerprint` prints on the machine.'
		),
	FINGERPRINT_MISMATCH: ({ matched, differ, needed }) =>
		say(
			`The file is for another machine: ${parts(differ)} differ, ${matched.length} of ${needed} needed parts match.`,
			'Carry it to the machine it was made for, or make a new request on this one.'
		),
	FINGERPRINT_AMBIGUOUS: ({ labels }) =>
		say(
			`The machine looks like several that are activated: ${wording.list(labels.filter(Boolean), 'en') || 'unnamed ones'}.`,
			'Return the seat of the one that is gone, then submit the request again.'
		),
	VIRTUAL_MACHINE_REFUSED: ({ number, contact }) =>
		say(
			`License ${number} does not cover virtual machines.`,
			`Activate on a physical machine, or ask ${ask(contact)} for a license that covers virtual ones.`
		),
	MACHINE_NOT_ACTIVATED: ({ product }) =>
		say(
			`This machine holds no activation of ${product} yet.`,
			'Make an activation request here, have it carried to the hub, and load the answer.'
		),
	MACHINE_KEY_MISMATCH: () =>
		say(
			'This is not in the hand of the machine key that the activation was made for.',
			'Make it on that machine itself. If its key is lost there, make a new request: the machine keeps its seat.'
		),

	REQUEST_SPENT: () =>
		say(
			'The seat of this request was given back, so the request is used up.',
			'Make a new activation request on the machine.'
		),
	REQUEST_UNKNOWN: () =>
		say(
			'The hub does not know this request yet.',
			'Submit the request file first, then ask for its answer.'
		),
	REQUEST_ID_TAKEN: () =>
		say(
			'The hub already has another request under the same id.',
			'Make a new request on the machine and submit that one.'
		),
	ACTIVATION_EXPIRED: ({ expiredAt, contact }) =>
		say(
			`The activation ended on ${date(expiredAt)}.`,
			`Ask ${ask(contact)} to renew the license, then bring the new activation file.`
		),
	ACTIVATION_RETIRED: ({ contact }) =>
		say(
			'This activation was retired: its machine was reported as gone.',
			`If this machine is in use after all, make a new request, or ask ${ask(contact)}.`
		),
	ACTIVATION_RETURNED: ({ file, settled }) =>
		settled
			? say(
					`This machine gave the seat of this activation back; the receipt is in ${file}.`,
					'To use the product here again, make a new activation request.'
				)
			: say(
					`This machine gave the seat of this activation back; the return is in ${file}.`,
					'Carry the return to a desk or hub and load its receipt. To use the product here again, make a new activation request: it carries the return along.'
				),
	ACTIVATION_UNKNOWN: ({ activation }) =>
		activation
			? say(
					`This machine holds no activation “${activation}”.`,
					'Compare it with what `keyferry status` lists: the activation, or the number of its license.'
				)
			: say(
					'This machine holds no activation whose seat could be given back.',
					'Nothing needs to be done. `keyferry status` shows what is here.'
				),
	ACTIVATION_AMBIGUOUS: ({ activations }) =>
		say(
			`This machine holds several activations: ${wording.list(activations, 'en')}.`,
			'Name the one that you mean.'
		),
	GENERATION_SUPERSEDED: ({ generation, newest }) =>
		say(
			`This is file ${generation} of the activation; file ${newest} has been loaded here already.`,
			'Nothing needs to be done. Keep the newer file.'
		),

	CLOCK_BEHIND: ({ clock, trusted }) =>
		say(`The clock here says ${time(clock)}, but ${time(trusted)} has certainly passed.`, fixClock),
	CLOCK_AHEAD: ({ clock, trusted }) =>
		say(
			`The machine's clock said ${time(clock)} when the hub had ${time(trusted)}.`,
			'Set the clock of the machine. The answer is valid all the same.'
		),
	STATE_OF_OTHER_MACHINE: ({ folder, differ }) =>
		say(
			`The folder ${folder} holds the license state of another machine: ${parts(differ)} differ.`,
			'If this machine was repaired, make a new request with `keyferry request --repair`: it takes the seat along. If the folder was copied here, rename it and make a new request, or choose another folder by --state.'
		),
	STATE_KEY_ELSEWHERE: ({ folder, owner }) =>
		say(
			`What is needed for this in ${folder} belongs to ${owner}: this account cannot use the machine key there.`,
			`Run the command as ${owner}, who may have to load the activation file first.`
		),
	ROOTS_MISSING: ({ looked }) =>
		say(
			`No trusted root key is known here${looked.length ? `; looked in ${wording.list(looked, 'en')}` : ''}.`,
			'Load the trust file of your vendor, or name the root keys by --roots.'
		),

	SIGN_IN_REQUIRED: () => say('The hub asks who you are.', 'Sign in, then try again.'),
	SIGN_IN_REFUSED: ({ email }) =>
		say(
			`The hub does not know this e-mail address with this password: ${email}.`,
			'Check both and try again; what waits on this device is kept.'
		),
	NOT_PERMITTED: ({ action }) =>
		say(
			`This account may not do this: ${action}.`,
			'Ask a manager of your organization, or sign in with another account.'
		),
	RATE_LIMITED: ({ retryAfterSeconds }) =>
		say(
			'The hub has had many requests from here in a short time.',
			`Wait ${wording.duration(retryAfterSeconds, 'en')}, then try again.`
		),
	BODY_INVALID: ({ path, reason }) =>
		say(
			`What was sent has a mistake at “${path}”: ${why(reason)}.`,
			'Correct it and send it again.'
		),
	BODY_TOO_LARGE: ({ limit }) =>
		say(
			`What was sent is larger than ${wording.size(limit, 'en')}.`,
			'Send it in several smaller parts.'
		),
	NOT_FOUND: ({ what }) =>
		say(`There is no ${what} here.`, 'Check the address, or go back to the overview.'),
	HUB_STORAGE_FULL: () =>
		say(
			'The hub has no room left on its disk, and nothing was stored.',
			'Send the same again later. Whoever runs the hub frees some space; it then goes on by itself.'
		),
	HUB_UNREACHABLE: ({ hub }) =>
		say(
			`The hub at ${hub} does not answer.`,
			'Nothing is lost. Try again when there is a connection, or carry the file.'
		),

	COMMAND_UNKNOWN: ({ type, version }) =>
		say(
			`The hub does not know “${type}” in version ${version}.`,
			'Update the hub, then sync again.'
		),
	COMMAND_FAILED: ({ support }) =>
		say(
			`The hub had a fault while doing this (${support}). Nothing was decided.`,
			'Try again. If it stays, give this code to the operator of the hub.'
		),
	FACT_FAILED: ({ support }) =>
		say(
			`The hub had a fault while recording this (${support}). It is not recorded yet.`,
			'Keep it and bring it again. If it stays, give this code to the operator of the hub.'
		),
	ALLOTMENT_NOT_FOUND: () =>
		say('There is no such allotment.', 'Sync, then look at the list of allotments again.'),
	ALLOTMENT_LIMIT_REACHED: ({ number, allowed, held }) =>
		say(
			`One desk may hold ${machines(allowed)} of license ${number} at a time; this one holds ${wording.count(held, 'en')}.`,
			'Close an allotment that is no longer needed, or ask the license manager to allow more.'
		),
	ALLOTMENT_SPENT: ({ number, slots }) =>
		say(
			`All ${wording.count(slots, 'en')} seats set aside for this desk of license ${number} are issued.`,
			'Queue the request for the hub, or reserve more seats when you are online.'
		),
	ALLOTMENT_ENDED: ({ endedAt }) =>
		say(
			`Nothing can be issued from this allotment since ${date(endedAt)}.`,
			'Queue the request for the hub, or reserve seats again when you are online.'
		),
	ALLOTMENT_CLOSED: () =>
		say(
			'Nothing more can be issued from this allotment.',
			'Queue the request for the hub, or reserve seats again when you are online.'
		),
	ALLOTMENT_STILL_ISSUING: ({ until }) =>
		say(
			`The desk may still issue from this allotment, until ${date(until)}.`,
			'Write its seats off after that, or end it now so that it gets no new ones.'
		),
	STORAGE_NOT_KEPT: () =>
		say(
			'This browser may delete what the desk stores, and with it what was issued.',
			'Install the desk, or allow the browser to keep its storage (Settings, Storage), then reserve again.'
		),
	STORAGE_FULL: () =>
		say(
			'This device has no room left for the desk, so nothing new was stored. What was stored before is safe.',
			'Export everything (Settings, Export), make room on the device, then do it again.'
		),
	DESK_RESTORED: ({ issued, known }) =>
		say(
			`This desk has issued ${machines(issued)} from this allotment, but its data knows of ${wording.count(known, 'en')}: it was restored from a backup, or copied.`,
			'Nothing more is issued from it here, so that no seat is issued twice. Sync, and ask the license manager to end this allotment; then set seats aside anew.'
		),
	DRAW_INVALID: ({ claim }) =>
		say(
			`This activation was issued by a desk, and says something that its allotment does not (${claim}).`,
			'Do not use it. Ask who issued it to make another one.'
		),
	SLOT_CONTESTED: ({ number, slot, until, contact }) =>
		say(
			`Seat ${wording.count(slot, 'en')} of this block of license ${number} was issued to another machine first. This machine's file ends on ${date(until)}.`,
			`Request a seat of its own for this machine before that, or ask ${ask(contact)}.`
		),
	OUTBOX_NOT_YOURS: () =>
		say(
			'What waits here belongs to another desk or another person.',
			'Sign in as the person who queued it, or export it and let their desk send it.'
		),
	PUSH_NOT_SIGNED: () =>
		say(
			'The hub cannot tell that this desk sent it: its signature is missing or does not fit.',
			'Nothing is lost. Update the desk, or export what waits and take it to another one.'
		),
	PROTOCOL_UNSUPPORTED: ({ found, oldest, newest }) =>
		say(
			`The desk speaks version ${found} of the sync, the hub ${oldest} to ${newest}.`,
			found < oldest
				? 'Reload the desk to update it. What waits is kept.'
				: 'Ask for the hub to be updated. What waits is kept.'
		),
	ALREADY_DONE: () =>
		say(
			'This was settled so long ago that its result is no longer kept.',
			'Nothing needs to be done. Look the license up to see how it stands.'
		),
	OUTBOX_FORKED: () =>
		say(
			'The hub has seen this desk twice: its data was copied, or restored from a backup.',
			'Export what waits here. The desk then starts a new outbox and sends it again.'
		),
	DEPENDENCY_REFUSED: ({ dependsOn }) =>
		say(
			`Step ${dependsOn}, which this one builds on, was refused.`,
			'Settle that step first, then submit this one again.'
		)
};
