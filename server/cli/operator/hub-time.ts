/** `keyferry hub-time confirm`: the clock of the hub is right, whatever it leapt over. [CL3] */
import { defineCommand } from 'citty';
import { isRefusal } from '#lib/domain/refusal.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { callHub, findHub } from '#server/cli/base/hub-client.ts';

const confirm = command({
	name: 'confirm',
	description: 'Confirm that the hub’s clock is right after a leap, so that time frees seats again',
	args: { hub: shared.hub, token: shared.token, ca: shared.ca },
	async run(args) {
		const leap = await callHub<{ from: number; to: number } | null>(findHub(args), {
			procedure: 'time.confirm'
		});
		if (isRefusal(leap)) return leap;
		const moment = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);
		const said = leap
			? `The leap from ${moment(leap.from)} to ${moment(leap.to)} is confirmed.`
			: 'The clock has not leapt: there is nothing to confirm.';
		return { lines: [said], json: { leap } };
	}
});

export const hubTime = defineCommand({
	meta: { name: 'hub-time', description: 'The time that the hub goes by' },
	subCommands: { confirm }
});
