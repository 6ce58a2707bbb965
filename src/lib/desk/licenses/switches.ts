/**
 * What a license's customer may switch, as this desk shows it: what was switched here goes over the mirror,
 * and a refused switch stays until somebody decides. [P7, CH1]
 *
 * @module
 */
import type { ShownText } from '#lib/domain/licenses/change.ts';
import type { LicenseRow, LicenseSwitch } from '#lib/protocol/rows.ts';
import { switchId, type TextOf } from '#lib/desk/mirror/asked-texts.ts';
import { readText } from './texts.ts';

export type ShownSwitch = Omit<LicenseSwitch, 'isOn' | 'changed'> & {
	/** By which it is changed and decided. */
	text: TextOf;
	/** `on` or `off`. */
	shown: ShownText;
};

export function readSwitches({ id, switches = [] }: LicenseRow): Promise<ShownSwitch[]> {
	return Promise.all(
		switches.map(async ({ isOn: _, changed: __, ...about }) => {
			const text: TextOf = { field: 'allow', of: switchId(id, about.code) };
			return { ...about, text, shown: await readText(text) };
		})
	);
}
