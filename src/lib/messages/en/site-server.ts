/**
 * English: the screen that gives a site server its license.
 *
 * @module
 */
import { many } from './phrases.ts';

export const siteServerEn = {
	title: 'License for a site server',
	signIn: 'Sign in or register to give the site server a license.',
	signInText: 'The code is kept; you come back to this page.',
	enter: 'Enter the code that the site server shows on its screen.',
	code: 'Code',
	codeHint: 'Eight letters, such as BCDF-GHJK.',
	where: 'Where the code is shown',
	steps: [
		'On the site server, open its pages in a browser: at first run its console prints the link, later it is the address that its clients use.',
		'Under “License”, choose “Get a license online”, then “Show the code”.',
		'Enter the eight letters here, and choose which license it gets.'
	],
	scanInstead:
		'The QR code beside the letters opens this page with the code filled in: point the camera of a phone at it.',
	needCode: 'Enter all eight letters.',
	next: 'Next',
	asks: (name: string) => `“${name}” asks for a license.`,
	check: 'Is this your site server?',
	checkText:
		'Go on only if you or somebody you know has just asked for this on that server. Compare the machine code with the one on its screen.',
	name: 'Site server',
	organization: 'Organization',
	machine: 'Machine code',
	kind: 'Machine',
	virtual: (by: string) => `Virtual (${by})`,
	hardware: 'Not virtual, as it says itself',
	until: 'Code valid until',
	choose: 'License',
	search: 'Find a license',
	searchHint: 'Number, product or customer',
	more: 'There are more. Type part of a number, product or customer.',
	licenseName: (title: string, edition: string) => [title, edition].filter(Boolean).join(' · '),
	licenseAbout: (customer: string, number: string) => `${customer} · ${number}`,
	terms: ({ clients, free }: { clients: number; free: number }) =>
		`${many(clients, 'client')} at once · ${free > 0 ? `${many(free, 'seat')} free` : 'no seat free'}`,
	refusesVirtual: 'It does not allow virtual machines.',
	none: 'No license of yours is for site servers',
	noneText:
		'A site server needs a license with clients, at a customer where you may activate machines. Ask the customer’s license manager, or the vendor.',
	noMatch: (text: string) => `No license matches “${text}”.`,
	needLicense: 'Choose a license.',
	give: 'Give this license',
	deny: 'Give none',
	given: (name: string, title: string) => `“${name}” gets the license for ${title}.`,
	givenTitle: 'The server activates itself now',
	givenText:
		'It uses one seat of this license. Its screen shows the license in a few seconds; you can close this page.',
	denied: 'The site server was told that it gets no license.',
	another: 'Enter another code',
	offline: 'There is no connection right now.',
	openLicenses: 'View licenses'
};

export type SiteServerTexts = typeof siteServerEn;
