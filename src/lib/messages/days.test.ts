import { afterEach, describe, expect, test, vi } from 'vitest';
import { explain } from './explain.ts';
import { refuse } from '#lib/domain/refusal.ts';

const here = process.env.TZ;
afterEach(() => {
	process.env.TZ = here;
});

describe.each(['Europe/Berlin', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'UTC'])(
	'in %s',
	(zone) => {
		test('[DT1] an end is the same day in every language', async () => {
			process.env.TZ = zone;
			vi.resetModules();
			const { day, exactMoment, relativeDay } = await import('./words/wording.ts');
			for (const end of [
				Date.UTC(2027, 11, 31, 23, 59, 59) / 1000,
				Date.UTC(2027, 11, 31) / 1000
			]) {
				expect(day(end, 'en')).toBe('31 December 2027');
				expect(day(end, 'de')).toBe('31. Dezember 2027');
				expect(exactMoment(end, 'en')).toMatch(/^31 December 2027 at (23:59:59|00:00:00) UTC$/);
				expect(relativeDay(end, Date.UTC(2027, 11, 31, 12) / 1000, 'en')).toBe('today');
				expect(relativeDay(end, Date.UTC(2027, 11, 30, 1) / 1000, 'en')).toBe('tomorrow');
				const refusal = refuse('LICENSE_EXPIRED', { number: 'KF-1', expiredAt: end, contact: '' });
				expect(explain(refusal).title).toBe('License KF-1 expired on 31 December 2027.');
			}
		});
	}
);
