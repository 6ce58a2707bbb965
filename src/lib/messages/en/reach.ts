/**
 * English: how a server is reached, as whoever sets it up says it.
 *
 * @module
 */
export const reachEn = {
	next: 'Continue',
	title: 'Where do people reach it?',
	truth: 'Links in mail begin with this address, and the server answers under no other name.',
	vendor: 'Your name as the vendor',
	vendorHint: 'A company or brand. Every license key and file says that it is from you.',
	needVendor: 'Enter a name.',
	url: 'Public address',
	urlHint: 'As people type it, with https:// and the port if there is one.',
	wrongUrl: 'Enter an address such as https://hub.example.com, without a path.',
	givenUrl: 'Given by --url when the server was started.',
	names: 'This machine is known as',
	tls: 'Encryption',
	kind: {
		authority: 'Make a certificate here',
		files: 'I have a certificate',
		proxy: 'A proxy in front encrypts',
		none: 'Only on this machine',
		options: 'By the options of the server'
	},
	about: {
		authority:
			'For networks of your own. Each device has to trust one certificate first, which the server offers.',
		files: 'A certificate and its key, as PEM files on the server’s machine.',
		proxy: 'nginx, Caddy, a load balancer: it holds the certificate and passes calls on.',
		none: 'To try things out, under http://localhost. Other devices need encryption.',
		options: 'The certificate was named by --tls-cert and --tls-key when the server was started.'
	},
	cert: 'Path of the certificate',
	certHint: 'With its chain, for example /etc/ssl/hub.crt',
	key: 'Path of the private key',
	keyHint: 'The server has to be allowed to read it.',
	needPath: 'Enter a path on the server’s machine.',
	proxies: 'Addresses of the proxy',
	proxiesHint: 'Addresses or networks such as 10.0.0.0/8, with commas. Only they are believed.',
	needProxies: 'Enter at least one address.',
	localOnly:
		'Browsers only allow this under localhost: choose encryption for people on other devices.',
	listening: (address: string) => `The server listens at ${address}.`,
	save: 'Save and check',
	checkTitle: 'Check from this browser',
	checking: (url: string) => `This browser asks for the server at ${url}.`,
	reached: (url: string) => `This browser reaches the server at ${url}.`,
	other: (seen: string) => `The server was reached, but asked as ${seen}.`,
	otherHost:
		'The proxy has to pass the Host header on, and this server’s address has to be the one that people use.',
	unnamedProxy: (from: string) =>
		`The call came from ${from}, which is not among the proxies that you named, so what it says is not believed.`,
	nameProxy: (from: string) => `Add ${from}`,
	unreached: (url: string) => `This browser does not reach the server at ${url}.`,
	look: {
		name: 'Does the name lead to this machine? Names can take an hour to be known everywhere.',
		port: (listening: string) =>
			`Does the address have the right port? The server listens at ${listening}.`,
		wall: 'Does a firewall let it through?',
		trust: 'Does this device trust the certificate? Install it, then check again.',
		proxy: 'Does the proxy run, and does it pass calls on to this server?'
	},
	saveAuthority: 'Save the certificate to trust',
	open: 'Open the address in a new tab',
	openHint: 'There the browser says itself what is wrong.',
	again: 'Check again',
	anyway: 'Continue without the check',
	edit: 'Change the address',
	saved: (vendor: string, url: string) => `${vendor} at ${url}.`
};

export type ReachTexts = typeof reachEn;
