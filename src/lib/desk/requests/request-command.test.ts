import { expect, test } from 'vitest';
import { commandForMachine } from './request-command.ts';

test('[DK4] the command for the machine names license, person and organization', () => {
	const asked = {
		license: 'KF-P7WM-K3H1-0JC8',
		name: ' Ada Example ',
		organization: 'Müller & Söhne'
	};
	expect(commandForMachine(asked)).toBe(
		'keyferry request --key KF-P7WM-K3H1-0JC8 --name "Ada Example" --organization "Müller & Söhne"'
	);
});

test.each(['$(reboot)', '`id`', 'a"; reboot; "', 'two\nlines', '%PATH%', 'back\\slash', '!!', ''])(
	'[DK4] what a shell would not take as a text, %j, is left to be filled in',
	(text) => {
		expect(commandForMachine({ name: text, organization: text })).toBe(
			'keyferry request --key KF-XXXX-XXXX-XXXX --name "NAME"'
		);
	}
);
