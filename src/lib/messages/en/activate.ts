/**
 * English: the form that makes a request.
 *
 * @module
 */
export const activateEn = {
	title: 'Activate a machine',
	truth:
		'A name, an organization and a license key make a request. The server’s answer unlocks the product.',
	who: 'Requested by',
	license: 'License',
	key: 'License key or number',
	keyHint:
		'KF-XXXX-XXXX-XXXX, a pasted key, a .kflic file or its QR code. O is read as 0, and I and L as 1.',
	keyRead: (product: string) => `Key read: ${product}`,
	numberOk: 'The number is complete and its check character is correct.',
	numberOf: (product: string) => `This is ${product}.`,
	codeHint: 'Run “keyferry fingerprint” on the machine, then paste, load or scan what it prints.',
	codeRead: (components: string) => `Machine read: ${components}.`,
	codeVirtual: 'It is a virtual machine.',
	given: 'No machine code? Give the machine a name',
	givenName: 'Name given by hand',
	givenHint:
		'For containers and test rigs. It stands for the machine: the product opens wherever KEYFERRY_FINGERPRINT is this name, and two machines with one name share one seat.',
	label: 'Label',
	labelHint: 'Host name or asset tag that others know this machine by.',
	optional: 'optional',
	make: 'Make request',
	needName: 'Enter the name of the person making the request.',
	needOrganization: 'Enter the organization that holds the license.',
	needKey: 'Enter the number, or paste or load the key.',
	needMachine: 'Paste or load the machine code.',
	done: 'Request created',
	doneTruth: (label: string) =>
		`The request for ${label} is stored on this device. Next, it goes to the server.`,
	doneTruthPlain: 'The request is stored on this device. Next, it goes to the server.',
	another: 'Activate another machine'
};

export type ActivateTexts = typeof activateEn;
