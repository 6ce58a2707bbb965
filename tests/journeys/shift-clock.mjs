// Preloaded into a process to run it under a clock that is wrong by CLOCK_SHIFT_SECONDS.
const shiftMs = Number(process.env.CLOCK_SHIFT_SECONDS) * 1000;
const RealDate = Date;

globalThis.Date = class extends RealDate {
	constructor(...parts) {
		if (parts.length === 0) super(RealDate.now() + shiftMs);
		else super(...parts);
	}
	static now() {
		return RealDate.now() + shiftMs;
	}
};
