/**
 * The command that makes a machine's own request, to be copied into a terminal.
 *
 * @module
 */

/** Signs that mean nothing else inside double quotes, in `sh`, `cmd` and PowerShell alike. */
const PLAIN = /^[\p{L}\p{M}\p{N} .,:;_@()+&/'-]+$/u;

/**
 * What has no answer yet, or cannot be quoted alike everywhere, is left to be filled in by hand.
 *
 * @param license - Number of the license.
 */
export function commandForMachine({
	license,
	name,
	organization
}: {
	license?: string;
	name?: string;
	organization?: string;
}): string {
	const parts = [
		'keyferry request --key',
		license ?? 'KF-XXXX-XXXX-XXXX',
		'--name',
		quoted(name) ?? '"NAME"'
	];
	const org = quoted(organization);
	return [...parts, ...(org === undefined ? [] : ['--organization', org])].join(' ');
}

function quoted(text = ''): string | undefined {
	const plain = text.trim();
	return PLAIN.test(plain) ? `"${plain}"` : undefined;
}
