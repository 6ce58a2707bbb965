/** Milliseconds that only rise, of the whole machine: comparable between its processes. [LE1] */
export function monotonic(): number {
	return Number(process.hrtime.bigint() / 1000n) / 1000;
}
