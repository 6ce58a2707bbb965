/** `keyferry return`: returns this machine's seat; locked at once, saved again as often as needed. */
import { basename, dirname, join } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import { answerName } from '#lib/formats/file-name.ts';
import { createReturn } from '#lib/sdk/node/returns.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { nowSeconds, openLocalState } from './local-machine.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { qrOptions, showQr } from './qr-output.ts';
import { linesOf, placeFor, writeBeside } from '#server/cli/base/texts.ts';

export const returnCommand = command({
	name: 'return',
	description: 'Return this machine’s seat: lock the product here and write the return file',
	args: {
		activation: {
			type: 'positional',
			required: false,
			valueHint: 'ACTIVATION',
			description: 'Activation or license number, if this machine holds several'
		},
		out: { type: 'string', valueHint: 'FILE|DIR', description: 'Where to write; - prints it' },
		...qrOptions,
		product: shared.product,
		state: shared.state
	},
	async run({ activation: which, out, product, state: folder, ...wanted }) {
		const state = await openLocalState(folder);
		if (isRefusal(state)) return state;
		const made = await createReturn(state, { which, product, now: nowSeconds() });
		if (isRefusal(made) && made.refused === 'ACTIVATION_AMBIGUOUS')
			throw new UsageError(`Name the activation to return: ${made.facts.activations.join('; ')}`);
		if (isRefusal(made)) return made;
		const { activation, file, again } = made;
		const { act, num: number, label, title } = activation;
		const json = { activation: act, number, label, title, again, kept: made.path, file };
		const codes = showQr([file], wanted);
		if (out === '-') return { lines: [...linesOf(file), ...codes], json };
		const { path } = writeBeside(placeFor(out, made.name), file);
		const receipt = join(dirname(path), answerName(basename(path), 'receipt'));
		return {
			lines: [
				path,
				'',
				`${title} (${number}) is locked on this machine${again ? ' already' : ''}.`,
				'Carry the file to a desk, or run "keyferry submit" where the hub can be reached.',
				`Bring the receipt back and run: keyferry load ${receipt}`,
				'Lost the file? The same command saves it again until the receipt is loaded.',
				...codes
			],
			json: { ...json, path }
		};
	}
});
