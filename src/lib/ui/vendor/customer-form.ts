/**
 * A customer as its form is filled in.
 *
 * @module
 */
import type { ListedCustomer } from '#lib/protocol/catalog.ts';

export type CustomerForm = { name: string; contacts: string; note: string };

export function formOfCustomer(customer?: ListedCustomer): CustomerForm {
	return {
		name: customer?.name ?? '',
		contacts: customer?.contacts.join('\n') ?? '',
		note: customer?.note ?? ''
	};
}

/** @returns What is said, and what is no usable part of it. */
export function readCustomer(form: CustomerForm): {
	name: string;
	contacts: string[];
	note: string;
	noName: boolean;
	wrongContact?: string;
} {
	const contacts = form.contacts.split(/[\s,;]+/).filter(Boolean);
	const name = form.name.trim();
	return {
		name,
		contacts,
		note: form.note.trim(),
		noName: name === '',
		wrongContact: contacts.find((each) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(each))
	};
}
