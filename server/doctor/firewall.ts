/**
 * Whether this machine's own firewall lets clients in: what ufw, firewalld and Windows say. Nothing is
 * changed, and no more is asked than whoever runs it may know.
 *
 * @module
 */
import type { DoctorTexts } from '#lib/messages/en/doctor.ts';
import type { Probe } from '#lib/sdk/node/sources/probe.ts';
import { bad, note, ok, type Finding } from './finding.ts';

type AskedPort = { port: number; host: string; t: DoctorTexts };

/** Only callers on the machine itself come in there. */
const loopback = /^(?:localhost|127\.|\[?::1\]?$)/;

export async function checkFirewall(probe: Probe, { port, host, t }: AskedPort): Promise<Finding> {
	if (loopback.test(host)) return note('firewall', t.firewallLocal, t.firewallLocalMend);
	const said = await (probe.system === 'win32' ? askWindows(probe, port) : askLinux(probe, port));
	if (!said) return ok('firewall', t.firewallNone);
	const { name, isOpen, command } = said;
	if (isOpen === undefined)
		return note('firewall', t.firewallUnknown(name), t.firewallMend(command));
	return isOpen
		? ok('firewall', t.firewallOpen(name, port))
		: bad('firewall', t.firewallShut(name, port), t.firewallMend(command));
}

/** `isOpen` absent: it is on, and only administrators are told more. `command` opens the port. */
type Said = { name: string; isOpen: boolean | undefined; command: string };

async function askLinux(probe: Probe, port: number): Promise<Said | undefined> {
	return (await askFirewalld(probe, port)) ?? askUfw(probe, port);
}

async function askFirewalld(probe: Probe, port: number): Promise<Said | undefined> {
	const state = await probe.run('firewall-cmd', ['--state']);
	if (state?.trim() !== 'running') return undefined;
	const ports = await probe.run('firewall-cmd', ['--list-ports']);
	return {
		name: 'firewalld',
		isOpen: ports === undefined ? undefined : namesPort(ports, port),
		command: `firewall-cmd --permanent --add-port=${port}/tcp && firewall-cmd --reload`
	};
}

/** `4870/tcp 8000-8100/tcp`. */
function namesPort(ports: string, port: number): boolean {
	return Array.from(ports.matchAll(/\b(\d+)(?:-(\d+))?\/tcp\b/g)).some(
		([, first, last = first]) => Number(first) <= port && port <= Number(last)
	);
}

async function askUfw(probe: Probe, port: number): Promise<Said | undefined> {
	const command = `ufw allow ${port}/tcp`;
	const status = await probe.run('ufw', ['status']);
	if (status === undefined) {
		// Its rules are for root alone; whether it is on stands in a file that everybody may read.
		const isOn = /^ENABLED=yes\s*$/m.test(probe.read('/etc/ufw/ufw.conf') ?? '');
		return isOn ? { name: 'ufw', isOpen: undefined, command } : undefined;
	}
	if (!/^Status: active\s*$/m.test(status)) return undefined;
	const allowed = Array.from(
		status.matchAll(/^(\d+)(?::(\d+))?(?:\/tcp)?\s+(?:\(v6\)\s+)?ALLOW\b/gm)
	);
	const isOpen = allowed.some(
		([, first, last = first]) => Number(first) <= port && port <= Number(last)
	);
	return { name: 'ufw', isOpen, command };
}

/** What it answers is no word of any language: `1 0` is a firewall that is on, and no rule for the port. */
async function askWindows(probe: Probe, port: number): Promise<Said | undefined> {
	const script = [
		'$on = @(Get-NetFirewallProfile | Where-Object Enabled -eq True).Count',
		`$rules = Get-NetFirewallPortFilter -Protocol TCP | Where-Object LocalPort -eq ${port} | Get-NetFirewallRule`,
		'$open = @($rules | Where-Object { $_.Enabled -eq "True" -and $_.Direction -eq "Inbound" -and $_.Action -eq "Allow" }).Count',
		'Write-Output "$on $open"'
	].join('; ');
	const answer = await probe.run('powershell', [
		'-NoProfile',
		'-NonInteractive',
		'-Command',
		script
	]);
	const command = `New-NetFirewallRule -DisplayName Keyferry -Direction Inbound -Protocol TCP -LocalPort ${port} -Action Allow`;
	const [, on, open] = /^(\d+) (\d+)\s*$/m.exec(answer ?? '') ?? [];
	const name = 'Windows';
	if (on === undefined) return { name, isOpen: undefined, command };
	return on === '0' ? undefined : { name, isOpen: open !== '0', command };
}
