/** `keyferry allotment list|end|write-off|policy`: blocks of seats that desks hold. [AL1, AL4] */
import { defineCommand } from 'citty';
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { AllotmentRow, LicenseRow } from '#lib/protocol/rows.ts';
import type { AllotmentStanding } from '#server/operations/allotments/end-allotment.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { day, table } from '#server/cli/base/texts.ts';

const asked = { hub: shared.hub, token: shared.token, ca: shared.ca };

const list = command({
	name: 'list',
	description: 'Seats that are set aside for desks, and until when',
	args: {
		license: { type: 'string', valueHint: 'NUMBER', description: 'Of this license only' },
		...asked
	},
	async run({ license, ...named }) {
		const number = license === undefined ? undefined : parseLicenseNumber(license);
		if (isRefusal(number)) return number;
		const hub = findHub(named);
		const found = await callHub<AllotmentRow[]>(hub, { procedure: 'allotment.list', query: true });
		if (isRefusal(found)) return found;
		const licenses = await callHub<LicenseRow[]>(hub, { procedure: 'license.list', query: true });
		if (isRefusal(licenses)) return licenses;
		const numberOf = new Map(licenses.map((row) => [row.id, row.number]));
		const rows = found
			.map((row) => ({ ...row, number: numberOf.get(row.licenseId) ?? '' }))
			.filter((row) => number === undefined || row.number === number);
		const head = ['allotment', 'license', 'desk', 'user', 'state', 'set aside', 'issues until'];
		const cells = rows.map((row) => [
			...[row.id, row.number, row.desk, row.userName, row.state],
			...[`${row.reserved} of ${row.max}`, day(row.issueUntil)]
		]);
		const contested = rows.flatMap(({ id, contested: slots = [] }) =>
			slots.map(
				({ slot, draws }) =>
					`Slot ${slot} of ${id} was drawn for ${draws.map(({ label }) => label ?? 'a machine').join(' and ')}: the desk was copied.`
			)
		);
		return {
			lines: rows.length > 0 ? [...table([head, ...cells]), ...contested] : ['No allotments.'],
			json: rows.map(({ file: _, ...row }) => row)
		};
	}
});

const end = changing({
	name: 'end',
	description: 'End the allotment of a lost desk: it gets no other; its seats stay until then',
	procedure: 'allotment.end',
	say: ({ id, blocked, until }) =>
		`${id} is frozen. ${blocked} seats stay set aside until ${day(until)} at the latest.`
});

const writeOff = changing({
	name: 'write-off',
	description: 'Free the seats of an allotment that can issue no more',
	procedure: 'allotment.writeOff',
	say: ({ id }) =>
		`${id} is written off and its seats are free. A file drawn from it that turns up later counts beyond the license.`
});

function changing({
	name,
	description,
	procedure,
	say
}: {
	name: string;
	description: string;
	procedure: string;
	say: (standing: AllotmentStanding) => string;
}) {
	return command({
		name,
		description,
		args: {
			allotment: { type: 'positional', required: true, valueHint: 'ID', description: 'Allotment' },
			reason: { type: 'string', required: true, description: 'Why, for the audit' },
			...asked
		},
		async run({ allotment: id, reason, ...named }) {
			const input = { allotment: id, reason };
			const hub = findHub(named);
			const standing = await callHub<AllotmentStanding>(hub, { procedure, input });
			if (isRefusal(standing)) return standing;
			return { lines: [say(standing)], json: standing };
		}
	});
}

const policy = command({
	name: 'policy',
	description: 'What desks of a license may hold, and for how long',
	args: {
		license: { type: 'positional', required: true, valueHint: 'NUMBER', description: 'License' },
		seats: { type: 'string', valueHint: 'N', description: 'Seats that one desk may hold' },
		days: { type: 'string', valueHint: 'N', description: 'Days for which it may issue from them' },
		'file-days': { type: 'string', valueHint: 'N', description: 'Days until what it issued ends' },
		...asked
	},
	async run({ license, seats, days, 'file-days': fileDays, ...named }) {
		const number = parseLicenseNumber(license);
		if (isRefusal(number)) return number;
		const said = {
			deskSeats: wholeOf(seats),
			allotmentDays: wholeOf(days),
			drawDays: wholeOf(fileDays)
		};
		const no = await callHub<Refusal | null>(findHub(named), {
			procedure: 'license.allotments',
			input: { number, ...said }
		});
		if (isRefusal(no)) return no;
		return { lines: [`Desks of ${number} follow this from now on.`], json: { number, ...said } };
	}
});

function wholeOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d{1,4}$/.test(text)) throw new UsageError(`${text} is no number of seats or days.`);
	return Number(text);
}

export const allotment = defineCommand({
	meta: {
		name: 'allotment',
		description: 'Seats set aside for desks: list, end, write off, policy'
	},
	subCommands: { list, end, 'write-off': writeOff, policy }
});
