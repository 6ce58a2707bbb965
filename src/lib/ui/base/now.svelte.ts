/**
 * The device's time for words like "in 12 days". Nothing is decided by it. [CL2]
 *
 * @module
 */
const TICK_MILLISECONDS = 30_000;

class Now {
	seconds = $state(Math.floor(Date.now() / 1000));

	constructor() {
		setInterval(() => (this.seconds = Math.floor(Date.now() / 1000)), TICK_MILLISECONDS);
	}
}

export const now = new Now();
