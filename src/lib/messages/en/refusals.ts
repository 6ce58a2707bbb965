/**
 * English: what happened, and what to do next, for every refusal.
 *
 * @module
 */
import { componentList } from '../words/components.ts';
import { holderList } from '../words/holders.ts';
import { many } from './phrases.ts';
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
/** By whom; a server may hide names, and a long list says no more than its beginning. */
const holdersEn = (holders: readonly { user: string; machine?: string }[]) =>
	holders.length === 0 ? '' : `: ${holderList(holders, 'en')}`;
const say = (title: string, next: string): Message => ({ title, next });

const carryAgain =
	'Copy the file again from where it was made, or use a QR code or copy and paste instead.';
const askForNewFile = 'Ask for the file to be saved again where it was made.';
const updateHere = 'Install the newer version here, then load the file again.';
const reportFile = 'Do not use this file. Ask for the answer to be saved again from the server.';
const fixClock = 'Set the clock of this machine, then try again.';

const logoDamaged = 'The logo is damaged, or not what a PNG may be.';
const logoWrong = new Map<string, string>([
	['not-png', 'The logo is not a PNG file.'],
	['too-large', 'The logo is larger than 64 KB.'],
	['too-many-pixels', 'The logo is wider or higher than 512 pixels.'],
	['interlaced', 'The logo is an interlaced PNG.']
]);

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
		say(
			path === ''
				? `The ${kind(type)} cannot be read: ${why(reason)}.`
				: `The ${kind(type)} has an unreadable value at “${path}”: ${why(reason)}.`,
			askForNewFile
		),
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
	NAME_BLANK: () =>
		say(
			'The name has no character that anybody could see.',
			'Enter the name of the person who asks.'
		),
	DATE_INVALID: ({ text }) =>
		say(
			`“${text}” cannot be read as a date.`,
			'Write a day as 2027-12-31, or a time with its zone as 2027-12-31T18:00:00Z or 2027-12-31T18:00:00+01:00.'
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
	ED25519_MISSING: () =>
		say(
			'This browser cannot check signatures: it is too old for Ed25519. The file may be all right.',
			'Use Chrome or Edge 137, Firefox 129, Safari 17 or newer, or the command line: keyferry.'
		),
	KEY_WEAK: ({ kid }) =>
		say(`The file carries a key that is unsafe to use (${kid.slice(0, 8)}…).`, reportFile),
	KEY_NOT_ALLOWED: ({ type, kid }) =>
		say(`The key ${kid.slice(0, 8)}… may not sign this: ${kind(type)}.`, reportFile),
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
	LICENSE_USED: ({ number, contact }) =>
		say(
			`License ${number} has been used, so it stays where it is.`,
			`Only a license that no machine has ever used moves as a whole. Ask ${ask(contact)} to move its free seats.`
		),
	LICENSE_EXPIRED: ({ number, expiredAt, contact }) =>
		say(
			`License ${number} expired on ${date(expiredAt)}.`,
			`Ask ${ask(contact)} to renew it. A request that was refused can then be submitted again.`
		),
	SEAT_LIMIT_REACHED: ({ number, seats, used, contact }) =>
		say(
			`All seats of license ${number} are taken: ${wording.count(used, 'en')} of ${machines(seats)}.`,
			`Give back the seat of a machine that no longer needs it, or ask ${ask(contact)} for more seats.`
		),
	VERSION_NOT_COVERED: ({ version, from, to, contact, upgrade }) =>
		say(
			`The license covers version ${from === to ? from : `${from} to ${to}`}; this is version ${version}.`,
			upgrade === undefined
				? `Ask ${ask(contact)} for an upgrade, or run a version that the license covers.`
				: `It was upgraded: activate with license ${upgrade}, or run a version that this one covers.`
		),
	TRIAL_USED: ({ product, startedAt, contact }) =>
		say(
			`This machine had a trial of ${product} before, from ${date(startedAt)} on.`,
			`Ask ${ask(contact)} for a license, or try it on another machine.`
		),
	LICENSE_UPGRADED: ({ number, upgrade }) =>
		say(
			`License ${number} was upgraded before: license ${upgrade} is for newer versions.`,
			`Change or renew ${upgrade} instead.`
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
	ENTITLEMENT_FIXED: ({ entitlement }) =>
		say(`Only the vendor switches “${entitlement}”.`, 'Ask the vendor to change the license.'),
	ENTITLEMENT_NEEDS_VERSION: ({ entitlement, since, version }) =>
		say(
			`“${entitlement}” works from version ${since} on; this is version ${version}.`,
			`Update the product to ${since} or newer. The license includes it already.`
		),
	PLATFORM_NOT_RELEASED: ({ version, platform, platforms }) =>
		say(`Version ${version} has no file for ${platform}.`, `It has files for ${parts(platforms)}.`),
	RELEASE_WITHDRAWN: ({ product, version, withdrawnAt }) =>
		say(
			`${product} ${version} was withdrawn on ${date(withdrawnAt)}.`,
			'Download another version.'
		),
	RELEASE_FILE_TAKEN: ({ version, name }) =>
		say(
			`Version ${version} has another file ${name} already.`,
			'A released file never changes: release another version.'
		),
	RELEASE_FILE_DAMAGED: ({ name, expected, found }) =>
		say(
			`${name} arrived changed: its SHA-256 is ${found}, not ${expected}.`,
			'Do not use it. Transfer it again.'
		),
	RELEASE_FILE_MISSING: ({ name }) =>
		say(
			`The server does not hold ${name}.`,
			'Whoever runs the server copies the folder releases back, or the file is uploaded again.'
		),
	DOWNLOAD_LINK_INVALID: () => say('This link is over.', 'Start the download again.'),

	FINGERPRINT_TOO_WEAK: ({ present, given }) =>
		say(
			`Too little of this machine can be read to recognize it again. Found: ${parts(present)}.`,
			given
				? 'In a container, give it a name that stays the same: `--given NAME` for the request, KEYFERRY_FINGERPRINT=NAME for the product.'
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
			'Make it where the request was made: on the machine itself, or in the app that made it. If that key is lost, make a new request on the machine; it keeps its seat.'
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
	ACTIVATION_IN_GRACE: ({ endedAt, worksUntil, contact }) =>
		say(
			`The license ended on ${date(endedAt)}; it works until ${date(worksUntil)}.`,
			`Ask ${ask(contact)} to renew the license before then, and load the new activation file.`
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
	RETURN_KEPT: () =>
		say(
			'The return is kept: this server does not know its activation yet.',
			'Bring the activation file of that machine, or have the device that issued it sync. The return then counts by itself; bring it once more for the receipt.'
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
	ADMIN_SIGN_IN_REFUSED: ({ name }) =>
		say(
			`The name ${name} and the password do not match the account of this server.`,
			'Check both and try again. On the server’s machine another password can be set: keyferry site password.'
		),
	HUB_CONTACT_FORBIDDEN: () =>
		say(
			'This server is set to contact no other server.',
			'Carry the file instead, or allow it in the settings of this server.'
		),
	NOT_PERMITTED: ({ action }) =>
		say(
			`This account does not have permission for this: ${action}.`,
			'Ask a manager of your organization, or sign in with another account.'
		),
	PASSWORD_SHORT: ({ least }) =>
		say(`A password has at least ${least} characters.`, 'Choose a longer one.'),
	PASSWORD_COMMON: () =>
		say('Many people use this password or one like it.', 'Choose another one.'),
	CODE_INVALID: ({ triesLeft }) =>
		triesLeft > 0
			? say(
					'This is not the code that was mailed.',
					`Look at it again: ${many(triesLeft, 'try', 'tries')} left.`
				)
			: say('This code does not work any more.', 'Have another one mailed.'),
	NAME_REQUIRED: () =>
		say('Nobody has used this address here yet.', 'Say what you are called, and send it again.'),
	SECOND_FACTOR_REQUIRED: () =>
		say(
			'This account asks for a second proof.',
			'Enter the code of your authenticator app, or one of your backup codes.'
		),
	SECOND_FACTOR_REFUSED: () =>
		say(
			'This is not the code that the app shows now, nor a backup code that is left.',
			'Wait for the next code and enter that one; each works once.'
		),
	SECOND_FACTOR_SET: () =>
		say('This account has an authenticator app already.', 'Remove that one first.'),
	SECOND_FACTOR_MISSING: () =>
		say('You have no authenticator app yet.', 'Set one up in the settings first.'),
	SIGN_IN_STALE: () =>
		say('You signed in a while ago.', 'Sign in again, then do this within a quarter of an hour.'),
	ACCOUNT_UNKNOWN: () =>
		say(
			'There is no account for this address.',
			'Ask whoever looks after the licenses to invite you.'
		),
	PROVIDER_FAILED: ({ provider, reason }) =>
		reason === 'denied'
			? say(`Signing in with ${provider} was cancelled.`, 'Try again, or sign in another way.')
			: reason === 'stale'
				? say(
						`This sign-in with ${provider} is over or was begun elsewhere.`,
						'Begin it again here, and finish it in this browser within ten minutes.'
					)
				: say(
						`${provider} did not say who you are.`,
						'Try again later, or sign in another way. Whoever runs the server can see why in its log.'
					),
	PROVIDER_ADDRESS_UNPROVEN: ({ provider }) =>
		say(
			`${provider} has not verified your email address.`,
			'Sign in by a code in a mail, then link it in the settings.'
		),
	PROVIDER_LINKED_ELSEWHERE: ({ provider }) =>
		say(
			`This account at ${provider} belongs to another account here.`,
			'Sign in with it and unlink it there first.'
		),
	SERVER_CODE_INVALID: () =>
		say(
			'No server waits for this code.',
			'Compare it with the code on the server’s screen. Each code can be answered once; if it has been answered, the server shows a new one.'
		),
	SERVER_CODE_EXPIRED: () =>
		say('This code has expired.', 'Let the server show a new one, and enter that.'),
	SERVER_CODE_TAKEN: () =>
		say(
			'Somebody else has entered this code already.',
			'If that was not you, let the server show a new one, and enter that.'
		),
	AUTHORIZATION_PENDING: () =>
		say(
			'Nobody has answered yet.',
			'Enter the code at the address that is shown, and choose a license.'
		),
	SLOW_DOWN: ({ interval }) =>
		say('The server asks too often.', `It asks again after ${interval} seconds at the earliest.`),
	SERVER_DENIED: () =>
		say(
			'The person who entered the code gave this server no license.',
			'Begin again if that was a mistake, or unlock the server with a license key.'
		),
	INVITATION_INVALID: () =>
		say(
			'This invitation has been used, withdrawn or is over.',
			'Ask whoever invited you to invite you again. If you have joined already, sign in.'
		),
	INVITATION_FOR_OTHER: ({ email }) =>
		say(
			`This invitation is for ${email}, and somebody else is signed in here.`,
			`Sign out, then open the link again and sign in as ${email}.`
		),
	ALREADY_MEMBER: ({ email }) =>
		say(`${email} belongs to it already.`, 'To give another role, change the role.'),
	LAST_OF_ROLE: ({ role }) =>
		say(
			role === 'admin'
				? 'This is the last administrator.'
				: 'This is the last owner of the organization.',
			'Give the same role to somebody else first.'
		),
	RATE_LIMITED: ({ retryAfterSeconds }) =>
		say(
			'The server has received many requests from here in a short time.',
			`Wait ${wording.duration(retryAfterSeconds, 'en')}, then try again.`
		),
	BODY_INVALID: ({ path, reason }) =>
		say(
			path === ''
				? `The data sent cannot be read: ${why(reason)}.`
				: `The data sent has an error at “${path}”: ${why(reason)}.`,
			'Correct it and send it again.'
		),
	BODY_TOO_LARGE: ({ limit }) =>
		say(
			`The data sent is larger than ${wording.size(limit, 'en')}.`,
			'Send it in several smaller parts.'
		),
	NOT_FOUND: ({ what }) =>
		say(`There is no ${what} here.`, 'Check the address, or go back to the overview.'),
	LIST_UNREADABLE: ({ reason, line }) =>
		say(
			`The list cannot be read (line ${line}): ${why(reason)}.`,
			'Save it as CSV in UTF-8, with the names of the columns in its first line: name, kind, product, customer, license, limit. Only name is required.'
		),
	DATABASE_SERVER_REFUSED: ({ address, reason }) =>
		say(
			`The database server at ${address} did not list its databases: ${why(reason)}.`,
			'Check address, user and password, and whether the server accepts connections from this one.'
		),
	NAME_TAKEN: ({ what, name }) =>
		say(
			`There is a ${what} called ${name} already.`,
			'Choose another name, or change the one that is there.'
		),
	LOGO_INVALID: ({ reason }) =>
		say(
			logoWrong.get(reason) ?? logoDamaged,
			'Save it as a plain PNG of at most 512 × 512 pixels and 64 KB, and choose that file.'
		),
	WEBHOOK_NOT_SIGNED: () =>
		say(
			'No store that this server knows has signed this.',
			'Sign the bytes that you send as Standard Webhooks says, with a secret that `keyferry order secret add` makes.'
		),
	WEBHOOK_TIME_OFF: ({ sentAt, hubTime }) =>
		say(
			`This was signed at ${time(sentAt)}, and it is ${time(hubTime)} here: more than 5 minutes apart.`,
			'Set the clock of the store right, and sign again each time you send.'
		),
	ORDER_CHANGED: ({ purchase, line }) =>
		say(
			line === undefined
				? `An event of ${purchase} came before under the same id, with other content.`
				: `Line ${line} of ${purchase} was carried out before, with other content.`,
			'Send what is new as a line or event with an id of its own.'
		),
	ORDER_UNKNOWN: ({ purchase, line }) =>
		say(
			line === undefined
				? `Nothing is known of a purchase ${purchase}.`
				: `The purchase ${purchase} has no line ${line}.`,
			'Send its order.paid. This event is kept and follows it by itself.'
		),
	ORDER_PRODUCT_UNKNOWN: ({ purchase, product }) =>
		say(
			`${purchase} is for a product ${product}, which is not in the catalog.`,
			'Add a product with this code, or correct it in the store; then replay the event.'
		),
	ORDER_LICENSE_UNKNOWN: ({ purchase, number }) =>
		say(
			`${number} is not a license of the customer of ${purchase}.`,
			'Check the number and whose license it is, and try again, or change the license by hand.'
		),
	ADDRESS_NOT_PUBLIC: ({ address }) =>
		say(
			`Events cannot be sent to ${address}.`,
			'Give an address that begins with https:// and leads to a server on the internet. A server that is started with --webhooks-to-lan sends to its own network as well.'
		),
	ARCHIVED: ({ what, name }) =>
		say(
			`The ${what} ${name} is archived: nothing new is issued.`,
			`Take the ${what} out of the archive first.`
		),
	HOST_NOT_SERVED: ({ address }) =>
		say(
			`This server answers at ${address} and under no other name.`,
			`Open ${address}. If that is what you did, the proxy in front of the server has to pass on the Host header.`
		),
	CERTIFICATE_UNUSABLE: ({ path, reason }) =>
		say(
			`The server cannot use the file ${path}: ${why(reason)}.`,
			'Correct the file or its path on the server’s machine, and try again.'
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
	HUB_BUSY: ({ retryAfterSeconds }) =>
		say(
			'The server could not do this in time, so nothing was stored.',
			`Send the same again in ${wording.duration(retryAfterSeconds, 'en')}.`
		),
	DATABASE_AWAY: () =>
		say(
			'The server cannot reach its database, so nothing was stored.',
			'Send the same again later. If it stays so, tell whoever runs the server.'
		),
	HUB_KEY_ENDED: ({ endedAt }) =>
		say(
			`The server signs nothing, because its key ended on ${wording.day(endedAt, 'en')}. Returns and what was issued offline are recorded all the same.`,
			'Whoever runs the server makes a new key (keyferry hub-key rotate). Then send the same again.'
		),
	HUB_UNREACHABLE: ({ hub }) =>
		say(
			`The server at ${hub} does not answer.`,
			'Nothing is lost. Try again when there is a connection.'
		),

	SITE_UNREACHABLE: ({ addresses }) =>
		say(
			addresses.length === 0
				? 'No license server was found in this network.'
				: `The license server does not answer at ${wording.list(addresses, 'en')}.`,
			'Check the address, and that this computer reaches its network. Ask whoever runs the license server if it goes on.'
		),
	SITE_NOT_TRUSTED: ({ reason }) =>
		say(
			`What answers there cannot be trusted as the license server: ${why(reason)}.`,
			'Nothing was opened. Check the address, and ask whoever runs the license server.'
		),
	GRACE_OVER: ({ since }) =>
		say(
			`The license server has not answered since ${time(since)}, which is longer than this license allows.`,
			'What is saved stays. Functions open again by themselves once the license server answers.'
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
			held > 0
				? 'Give back offline seats that are no longer needed, or ask the license manager to allow more.'
				: 'Ask for fewer, or ask the license manager to allow more.'
		),
	ALLOTMENT_SPENT: ({ number, slots }) =>
		say(
			`All ${wording.count(slots, 'en')} offline seats of license ${number} on this device are issued.`,
			'The server can answer the request instead. More offline seats can be reserved when you are online.'
		),
	ALLOTMENT_ENDED: ({ endedAt }) =>
		say(
			`These offline seats could be issued until ${date(endedAt)}.`,
			'The server can answer a request instead. Offline seats can be reserved again when you are online.'
		),
	ALLOTMENT_CLOSED: () =>
		say(
			'Nothing more can be issued from these offline seats.',
			'The server can answer a request instead. Offline seats can be reserved again when you are online.'
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
	DESK_ENDED: ({ endedAt }) =>
		say(
			`The device that asked for this was ended on ${wording.day(endedAt, 'en')}. What had been done on it still counts.`,
			'Submit it again from another device, or sign in on that one and start it again.'
		),
	CLIENT_LIMIT_REACHED: ({ product, clients, holders, freeAt }) =>
		say(
			`${clients === 1 ? 'The one client' : `All ${wording.count(clients, 'en')} clients`} of ${product} that this server may serve ${clients === 1 ? 'is' : 'are'} in use${holdersEn(holders)}.`,
			freeAt === undefined
				? 'Ask one of them to close the program, or try again later.'
				: `Ask one of them to close the program, or try again after ${time(freeAt)}.`
		),
	REPLACED: () =>
		say(
			'Another copy of this client took its place on the server.',
			'Work in the copy that was started last, or give each copy a client name of its own.'
		),
	LEASE_ENDED: ({ reason }) =>
		say(
			reason === ''
				? 'This client no longer holds a place on the server.'
				: `This client’s place on the server was ended: “${reason}”.`,
			'Save your work and connect again.'
		),
	CLIENT_PROOF_INVALID: () =>
		say(
			'The server cannot verify that this client sent the call.',
			'Connect again. If it stays so, check that nothing between client and server changes what is sent.'
		),
	NO_SERVER_LICENSE: ({ product }) =>
		say(
			`No license that is active on this server serves clients of ${product}.`,
			'Ask the admin of the server to activate a license with clients.'
		),
	CLIENT_VERSION_REFUSED: ({ version, from, to }) =>
		say(
			`This server serves clients of version ${from === to ? from : `${from} to ${to}`}; this is version ${version}.`,
			'Install a version that the server serves, or ask its admin to update it.'
		),
	RESOURCE_NOT_OPEN: ({ resource }) =>
		say(
			`${resource} cannot be opened here: it is not on this server, or its license is not active there.`,
			'Choose another one, or ask the admin of the server.'
		),
	RESOURCE_LIMIT_REACHED: ({ resource, limit, holders }) =>
		say(
			`${resource} is open for ${limit === 1 ? 'one client' : `${wording.count(limit, 'en')} clients`} at once, and ${limit === 1 ? 'one is' : 'so many are'} in it${holdersEn(holders)}.`,
			'Ask one of them to leave it, or try again later.'
		),
	DEPENDENCY_REFUSED: ({ dependsOn }) =>
		say(
			`Step ${dependsOn}, which this one builds on, was refused.`,
			'Resolve that step first, then submit this one again.'
		),
	CHANGED_MEANWHILE: ({ by, at }) =>
		say(
			`${by ? `${by} changed this` : 'This was changed'} meanwhile${at ? `, on ${date(at)}` : ''}.`,
			'Compare both versions and decide which one stays. Yours is kept until then.'
		)
};
