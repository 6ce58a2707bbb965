/**
 * English: the form that makes a request.
 *
 * @module
 */
export const activateEn = {
	title: 'Activate a machine',
	truth: 'Name, organization and key make a request. The hub’s answer to it unlocks the product.',
	who: 'Who asks',
	license: 'License',
	key: 'License key or number',
	keyHint:
		'KF-XXXX-XXXX-XXXX, a pasted key, a .kflic file or its QR code. O and 0, I, L and 1 may be mixed up.',
	keyRead: (product: string) => `Key read: ${product}`,
	numberOk: 'The number is complete and its check symbol is right.',
	numberOf: (product: string) => `This is ${product}.`,
	codeHint: 'Run “keyferry fingerprint” on the machine and paste, load or scan what it prints.',
	codeRead: (components: string) => `Machine read: ${components}.`,
	codeVirtual: 'It is a virtual machine.',
	given: 'A fingerprint given by hand',
	givenHint: 'For containers and test rigs, where the license allows it.',
	codeInstead: 'Machine code',
	label: 'Label',
	labelHint: 'Host name or asset tag, as others will know this machine.',
	optional: 'optional',
	make: 'Make request',
	needName: 'Write the name of the person who asks.',
	needOrganization: 'Write the organization that the license belongs to.',
	needKey: 'Write the number, or paste or load the key.',
	needMachine: 'Paste or load the code of the machine.',
	done: 'The request is made',
	doneTruth: (label: string) =>
		`The request for ${label} is stored on this desk. Now it goes to the hub.`,
	doneTruthPlain: 'The request is stored on this desk. Now it goes to the hub.',
	another: 'Another machine'
};

export type ActivateTexts = typeof activateEn;
