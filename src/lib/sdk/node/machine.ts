/**
 * This machine's fingerprint, from what every user of the machine can read. [MA1]
 *
 * @module
 */
import type { Machine } from '#lib/domain/machines/machine.ts';
import { hashValues, type ComponentValues } from './sources/component-values.ts';
import { readLinux } from './sources/linux.ts';
import { readMacos } from './sources/macos.ts';
import { localProbe, type Probe } from './sources/probe.ts';
import { isVirtualMachine } from './sources/virtual-machine.ts';
import { readWindows } from './sources/windows.ts';

/**
 * Looks at the machine: hashes of its components, and whether it is virtual.
 *
 * @param probe - Another machine's recorded sources, for tests; the environment is never asked.
 */
export async function machine(probe: Probe = localProbe()): Promise<Machine> {
	const [values, vm] = await Promise.all([readValues(probe), isVirtualMachine(probe)]);
	return { fp: hashValues(values), vm };
}

/** The raw ids. For vectors and tests: they must not leave the machine. */
export async function readValues(probe: Probe): Promise<ComponentValues> {
	if (probe.system === 'darwin') return readMacos(probe);
	if (probe.system === 'win32') return readWindows(probe);
	return readLinux(probe);
}
