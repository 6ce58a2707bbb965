/**
 * Loaded before everything else of a hub whose year is told in pictures: its clock stands
 * `KEYFERRY_CLOCK_AHEAD_MS` before that of the machine, or behind it.
 */
const Real = Date;
const ahead = Number(process.env.KEYFERRY_CLOCK_AHEAD_MS ?? 0);
const now = () => Real.now() + ahead;

globalThis.Date = new Proxy(Real, {
	construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made),
	apply: () => new Real(now()).toString(),
	get: (target, name) => (name === 'now' ? now : Reflect.get(target, name))
});
