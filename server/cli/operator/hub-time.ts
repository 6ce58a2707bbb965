/** `keyferry hub-time confirm`: the clock of the hub is right, whatever it leapt over. [CL3] */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';

const confirm = command({
	name: 'confirm',
	description: 'Confirm the hub’s clock after a leap, so that seats are freed by time again',
	args: hubOptions,
	async run(args) {
		const leap = await callHub<{ from: number; to: number } | null>(findHub(args), {
			procedure: 'time.confirm'
		});
		if (isRefusal(leap)) return leap;
		const moment = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);
		const summary = leap
			? `The leap from ${moment(leap.from)} to ${moment(leap.to)} is confirmed.`
			: 'The clock has not leapt: there is nothing to confirm.';
		return { lines: [summary], json: { leap } };
	}
});

export const hubTime = defineCommand({
	meta: { name: 'hub-time', description: 'The clock of a hub' },
	subCommands: { confirm }
});
