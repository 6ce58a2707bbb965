/**
 * How much of the processor a process has used, as the system counts it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

/**
 * @returns Ticks of the system's clock, for its own work and the system's on its behalf; nothing where this
 *   system does not tell it, or there is no such process.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function processorTicks(pid: number): number | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The second field is the program's name, in parentheses, and may hold anything.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return Number(fields[11]) + Number(fields[12]);
	} catch {
		return undefined;
	}
}
