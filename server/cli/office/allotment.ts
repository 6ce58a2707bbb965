/** `keyferry allotment list|end|write-off|policy`: blocks of seats that desks hold. [AL1, AL4] */
import { defineCommand } from 'citty';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { AllotmentRow } from '#lib/protocol/rows.ts';
import type { AllotmentStanding } from '#server/operations/allotments/end-allotment.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';
import { allLicenses } from './find-license.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';

const list = command({
	name: 'list',
	description: 'List the offline seats of desks, and how long they issue',
	args: {
		license: { type: 'string', valueHint: 'NUMBER', description: 'Only this license' },
		...hubOptions
	},
	async run({ license, ...named }) {
		const number = license === undefined ? undefined : parseLicenseNumber(license);
		if (isRefusal(number)) return number;
		const hub = findHub(named);
		const found = await callHub<AllotmentRow[]>(hub, { procedure: 'allotment.list', query: true });
		if (isRefusal(found)) return found;
		const licenses = await allLicenses((asked) => callHub(hub, asked));
		if (isRefusal(licenses)) return licenses;
		const numberOf = new Map(licenses.map((row) => [row.id, row.number]));
		const rows = found
			.map((row) => ({ ...row, number: numberOf.get(row.licenseId) ?? '' }))
			.filter((row) => number === undefined || row.number === number);
		const head = ['allotment', 'license', 'desk', 'user', 'state', 'set aside', 'issues until'];
		const cells = rows.map((row) => [
			row.id,
			row.number,
			row.desk,
			row.userName,
			row.state,
			`${row.reserved} of ${row.max}`,
			isoDay(row.issueUntil)
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
	description:
		'Freeze the allotment of a lost desk: no new seats for it; its own stay reserved until the end',
	procedure: 'allotment.end',
	summarize: ({ id, blocked, until }) =>
		`${id} is frozen. ${blocked} seats stay set aside until ${isoDay(until)} at the latest.`
});

const early = {
	early: {
		type: 'boolean',
		description: 'While it may still issue: what turns up later counts beyond the license'
	}
} as const;

const writeOff = changing({
	name: 'write-off',
	description: 'Free the seats of an allotment that can no longer issue, or now with --early',
	procedure: 'allotment.writeOff',
	mayBeEarly: true,
	summarize: ({ id }) =>
		`${id} is written off and its seats are free. A file drawn from it that turns up later counts beyond the license.`
});

function changing({
	name,
	description,
	procedure,
	mayBeEarly = false,
	summarize
}: {
	name: string;
	description: string;
	procedure: string;
	/** It can be done while the desk may still issue. [AL1] */
	mayBeEarly?: boolean;
	summarize: (standing: AllotmentStanding) => string;
}) {
	return command({
		name,
		description,
		args: {
			allotment: {
				type: 'positional',
				required: true,
				valueHint: 'ID',
				description: 'Allotment ID'
			},
			reason: { type: 'string', required: true, description: 'Why, for the audit' },
			...(mayBeEarly ? early : {}),
			...hubOptions
		},
		async run({ allotment: id, reason, ...named }) {
			// Only one of these commands has the option.
			const isEarly = (named as { early?: unknown }).early === true;
			const input = { allotment: id, reason, early: isEarly || undefined };
			const hub = findHub(named);
			const standing = await callHub<AllotmentStanding>(hub, { procedure, input });
			if (isRefusal(standing)) return standing;
			return { lines: [summarize(standing)], json: standing };
		}
	});
}

const policy = command({
	name: 'policy',
	description: 'Set how many offline seats desks of a license may hold, and for how long',
	args: {
		license: {
			type: 'positional',
			required: true,
			valueHint: 'NUMBER',
			description: 'License number'
		},
		seats: { type: 'string', valueHint: 'N', description: 'Seats that one person may hold' },
		share: {
			type: 'string',
			valueHint: 'N',
			description: 'Seats that all desks together may hold; half of the license unless set'
		},
		days: { type: 'string', valueHint: 'N', description: 'Days for which it may issue files' },
		'file-days': {
			type: 'string',
			valueHint: 'N',
			description: 'Days until the files it issues end'
		},
		...hubOptions
	},
	async run({ license, seats, share, days, 'file-days': fileDays, ...named }) {
		const number = parseLicenseNumber(license);
		if (isRefusal(number)) return number;
		const changes = {
			deskSeats: wholeOf(seats),
			offlineShare: wholeOf(share),
			allotmentDays: wholeOf(days),
			drawDays: wholeOf(fileDays)
		};
		const refusal = await callHub<Refusal | null>(findHub(named), {
			procedure: 'license.allotments',
			input: { number, ...changes }
		});
		if (isRefusal(refusal)) return refusal;
		return { lines: [`Desks of ${number} follow this from now on.`], json: { number, ...changes } };
	}
});

function wholeOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d{1,4}$/.test(text)) throw new UsageError(`${text} is not a number of seats or days.`);
	return Number(text);
}

export const allotmentCommand = defineCommand({
	meta: {
		name: 'allotment',
		description: 'Offline seats of desks: list, end, write off, set the policy'
	},
	subCommands: { list, end, 'write-off': writeOff, policy }
});
