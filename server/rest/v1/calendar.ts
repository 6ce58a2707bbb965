/** `GET /v1/calendar.ics`: the ends of somebody's licenses, for their calendar program. [P13] */
import { refuse } from '#lib/domain/refusal.ts';
import { endsCalendar } from '#lib/formats/ends-calendar.ts';
import { calendarTexts } from '#lib/messages/calendar.ts';
import { refused } from '#server/http/json-content.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { CALENDAR_PATH, licensesOfCalendar } from '#server/operations/people/calendar-address.ts';
import { security, type Endpoint } from './endpoint.ts';

export const getCalendar: Endpoint = {
	method: 'get',
	path: CALENDAR_PATH,
	operation: {
		operationId: 'calendar',
		summary: 'The ends of somebody’s licenses as a calendar (RFC 5545).',
		description:
			'By an address that a person has made in the desk, `?of=…`. Ends of licenses, of trials and ' +
			'of maintenance, to come and of the last 30 days, as whole days of UTC.',
		security: security.none,
		responses: {
			200: { description: 'The calendar.', content: { 'text/calendar': {} } },
			default: refused
		}
	},
	handler:
		({ hub, limiter, addressOf }) =>
		async (context) => {
			const language = languageOf(context.req.raw.headers);
			const limited = await limiter.byAddress(addressOf(context));
			if (limited) return problem(limited, { language });
			const found = await licensesOfCalendar(hub, context.req.query('of') ?? '');
			if (!found) return problem(refuse('NOT_FOUND', { what: 'calendar' }), { language });
			const text = endsCalendar(found.licenses, {
				texts: calendarTexts[found.language].calendar,
				hub: hub.address,
				now: hub.now()
			});
			return context.body(text, 200, {
				'content-type': 'text/calendar; charset=utf-8',
				'content-disposition': 'attachment; filename="license-ends.ics"',
				'cache-control': 'private, no-store'
			});
		}
};
