/** `keyferry fingerprint`: this machine, and what it was made of. [MA1] */
import { presentComponents } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { componentName } from '#lib/messages/words/components.ts';
import { machine } from '#lib/sdk/node/machine.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { openLocalState } from './local-machine.ts';
import { refusalLines } from '#server/cli/base/outcome.ts';
import { table } from '#server/cli/base/texts.ts';

export const fingerprintCommand = command({
	name: 'fingerprint',
	description: 'Show the fingerprint of this machine and what it is made of',
	args: { state: shared.state },
	async run({ state: folder }) {
		const state = await openLocalState(folder);
		// A strange state folder does not hide what machine this is.
		const here = isRefusal(state) ? await machine(recordedSources()) : state.machine;
		const present = presentComponents(here.fp);
		const code = encodeFingerprint(here);
		const rows = (['os', 'fs', 'board', 'disk', 'mac', 'given'] as const).map((component) => [
			componentName(component, 'en'),
			[here.fp[component] ?? (component === 'given' ? [] : 'not readable')].flat().join(' ')
		]);
		return {
			lines: [
				code,
				'',
				...table(rows.filter(([, value]) => value !== '')),
				'',
				`Virtual machine: ${here.vm ? 'yes' : 'no'}`
			],
			json: { code, ...here, components: present, recorded: recordedSources() !== undefined },
			notices: isRefusal(state) ? refusalLines(state) : []
		};
	}
});
