/**
 * A few customers to choose from, by part of their names.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { askHub } from '#lib/desk/hub/asking.ts';

const MOST = 8;

export function suggestCustomers(text: string): Promise<{ id: string; name: string }[] | Refusal> {
	return askHub(async (hub) => {
		const search = text === '' ? undefined : text;
		const { customers } = await hub.customer.list.query({ search, limit: MOST });
		return customers.map(({ id, name }) => ({ id, name }));
	});
}
