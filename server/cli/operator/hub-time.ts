/** `keyferry hub-time confirm`: the clock of the hub is right, whatever it leapt over. [CL3] */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';
import { isoMoment } from '#server/cli/base/texts.ts';

const confirm = command({
	name: 'confirm',
	description: 'Confirm the hub’s clock after a leap, so that seats are freed by time again',
	args: hubOptions,
	async run(args) {
		const leap = await callHub<{ from: number; to: number } | null>(findHub(args), {
			procedure: 'time.confirm'
		});
		if (isRefusal(leap)) return leap;
		const summary = leap
			? `The leap from ${isoMoment(leap.from)} to ${isoMoment(leap.to)} is confirmed.`
			: 'The clock has not leapt: there is nothing to confirm.';
		return { lines: [summary], json: { leap } };
	}
});

export const hubTimeCommand = defineCommand({
	meta: { name: 'hub-time', description: 'The clock of a hub' },
	subCommands: { confirm }
});
