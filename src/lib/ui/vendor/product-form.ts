/**
 * A product as its form is filled in.
 *
 * @module
 */
import { isVersion } from '#lib/domain/version.ts';
import type { Entitlement, LicenseDefaults, ListedProduct } from '#lib/protocol/catalog.ts';

export type ProductForm = {
	slug: string;
	title: string;
	contact: string;
	isServer: boolean;
	store: string;
	pricing: string;
	entitlements: Entitlement[];
	edition: string;
	seats: string;
	clients: string;
	from: string;
	to: string;
	maintenanceDays: string;
	expiryDays: string;
};

export type ProductField = Exclude<keyof ProductForm, 'isServer'>;

/** Fields that a product may lack have no value then. */
export type ReadProduct = {
	slug: string;
	title: string;
	contact: string;
	isServer: boolean;
	storeUrl?: string;
	pricingUrl?: string;
	entitlements: Entitlement[];
	defaults: LicenseDefaults;
};

export function formOfProduct(product?: ListedProduct): ProductForm {
	const { edition, seats, clients, versions, maintenanceDays, expiryDays } =
		product?.defaults ?? {};
	const text = (value: number | undefined) => (value === undefined ? '' : `${value}`);
	return {
		slug: product?.slug ?? '',
		title: product?.title ?? '',
		contact: product?.contact ?? '',
		isServer: product?.isServer ?? false,
		store: product?.storeUrl ?? '',
		pricing: product?.pricingUrl ?? '',
		entitlements: product?.entitlements.map((each) => ({ ...each })) ?? [],
		edition: edition ?? '',
		seats: text(seats),
		clients: text(clients),
		from: text(versions?.from),
		to: text(versions?.to),
		maintenanceDays: text(maintenanceDays),
		expiryDays: text(expiryDays)
	};
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The fields that say nothing usable. */
export function wrongFields(form: ProductForm): ProductField[] {
	const wrong: ProductField[] = [];
	if (!CODE.test(form.slug)) wrong.push('slug');
	if (form.title.trim() === '') wrong.push('title');
	if (form.contact.trim() === '') wrong.push('contact');
	for (const field of ['store', 'pricing'] as const)
		if (form[field].trim() !== '' && !isWebAddress(form[field].trim())) wrong.push(field);
	const features = form.entitlements;
	if (features.some(({ code, title }) => !CODE.test(code) || title.trim() === ''))
		wrong.push('entitlements');
	else if (twiceIn(features) !== undefined || features.some(isWrongSince))
		wrong.push('entitlements');
	for (const field of ['seats', 'clients'] as const)
		if (!isWhole(form[field], { least: 1, most: 1_000_000 })) wrong.push(field);
	for (const field of ['maintenanceDays', 'expiryDays'] as const)
		if (!isWhole(form[field], { least: 1, most: 3650 })) wrong.push(field);
	const isRange = [form.from, form.to].every((text) =>
		isWhole(text, { least: 0, most: 1_000_000 })
	);
	if (!isRange || Number(form.from) > Number(form.to || form.from) || (!form.from && form.to))
		wrong.push('from');
	return wrong;
}

/** What a form without wrong fields says. */
export function readProduct(form: ProductForm): ReadProduct {
	const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
	const from = number(form.from);
	return {
		slug: form.slug,
		title: form.title.trim(),
		contact: form.contact.trim(),
		isServer: form.isServer,
		storeUrl: form.store.trim() || undefined,
		pricingUrl: form.pricing.trim() || undefined,
		entitlements: form.entitlements.map(readFeature),
		defaults: {
			edition: form.edition.trim() || undefined,
			seats: number(form.seats),
			clients: form.isServer ? number(form.clients) : undefined,
			versions: from === undefined ? undefined : { from, to: number(form.to) ?? from },
			maintenanceDays: number(form.maintenanceDays),
			expiryDays: number(form.expiryDays)
		}
	};
}

function readFeature({
	code,
	title,
	switch: isSwitch,
	since = '',
	included
}: Entitlement): Entitlement {
	const feature: Entitlement = { code, title: title.trim() };
	if (included) feature.included = true;
	if (isSwitch) feature.switch = true;
	if (since.trim() !== '') feature.since = since.trim();
	return feature;
}

/** Whether a feature says something that is no version. [P7] */
export function isWrongSince({ since = '' }: Entitlement): boolean {
	return since.trim() !== '' && !isVersion(since.trim());
}

/** A code that two features have. */
export function twiceIn(features: readonly Entitlement[]): string | undefined {
	const codes = features.map(({ code }) => code);
	return codes.find((code, at) => codes.indexOf(code) !== at);
}

/** A code that a name suggests, for a product or a feature. */
export function codeOf(title: string): string {
	const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return plain
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.slice(0, 64);
}

function isWhole(text: string, { least, most }: { least: number; most: number }): boolean {
	const plain = text.trim();
	return (
		plain === '' || (/^\d{1,7}$/.test(plain) && Number(plain) >= least && Number(plain) <= most)
	);
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s/.]+\.[^\s]+$/.test(text) && URL.canParse(text);
}
