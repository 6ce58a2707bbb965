/**
 * The unit that systemd runs a hub or a site server by.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 * @module
 */

export type Unit = {
	role: 'hub' | 'site';
	/** The program and what it is given, each as it is. */
	command: readonly string[];
	/** Absolute. */
	data: string;
	/** Whose rights it has; absent in a user's own systemd. */
	user?: string;
};

/** What it takes from the environment is in a file beside the data folder, for its owner's eyes alone. */
export const environmentFileOf = (data: string) => `${data}.env`;

/** @returns The text of the unit file. */
export function unitText({ role, command, data, user }: Unit): string {
	return `${[
		'[Unit]',
		`Description=Keyferry ${role === 'hub' ? 'hub' : 'site server'}`,
		`After=network-online.target${role === 'hub' ? ' postgresql.service' : ''}`,
		'Wants=network-online.target',
		'',
		'[Service]',
		'Type=exec',
		`ExecStart=${command.map(quoted).join(' ')}`,
		// Keys that were rotated while it runs.
		'ExecReload=/bin/kill -HUP $MAINPID',
		`EnvironmentFile=-${specifiersEscaped(environmentFileOf(data))}`,
		...(user === undefined ? [] : [`User=${user}`]),
		'Restart=on-failure',
		'RestartSec=5',
		'TimeoutStopSec=30',
		'UMask=0077',
		'NoNewPrivileges=true',
		...(user === undefined ? [] : hardening(data)),
		'',
		'[Install]',
		`WantedBy=${user === undefined ? 'default.target' : 'multi-user.target'}`
	].join('\n')}\n`;
}

/** It writes its data folder and nothing else. */
function hardening(data: string): string[] {
	return [
		'PrivateTmp=true',
		'PrivateDevices=true',
		'ProtectSystem=strict',
		'ProtectKernelTunables=true',
		'ProtectControlGroups=true',
		'RestrictSUIDSGID=true',
		`ReadWritePaths=${quoted(data)}`
	];
}

/** One word of a command line, whatever is in it. */
function quoted(word: string): string {
	const plain = word.replace(/[\\"]/g, '\\$&').replace(/\$/g, '$$$$');
	return `"${specifiersEscaped(plain)}"`;
}

function specifiersEscaped(text: string): string {
	return text.replace(/%/g, '%%');
}
