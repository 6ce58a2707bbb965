import { expect, test } from 'vitest';
import { callerOf, isAddressed, originOf, proxiesOf, type Reach } from './caller.ts';

const reach = (more: Partial<Reach> = {}): Reach => ({
	proxies: proxiesOf(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])!,
	isTls: false,
	...more
});
const ask = (headers: Record<string, string>, url = 'http://hub.example.com/rpc/x') =>
	new Request(url, { headers });

test('[HT1] a trusted proxy says scheme and address, nobody else does', () => {
	const said = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.4' };
	for (const proxy of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '2001:db8::5'])
		expect(callerOf(reach(), ask(said), proxy), proxy).toEqual({
			address: '198.51.100.4',
			origin: 'https://hub.example.com',
			isSecure: true
		});
	for (const stranger of ['11.1.2.3', '192.0.2.8', '::1', 'unknown'])
		expect(callerOf(reach(), ask(said), stranger), stranger).toEqual({
			address: stranger,
			origin: 'http://hub.example.com',
			isSecure: false
		});
});

test.for([
	['6.6.6.6, 198.51.100.4', '198.51.100.4'],
	['6.6.6.6, 198.51.100.4, 10.9.9.9', '198.51.100.4'],
	['2001:db9::1', '2001:db9::1'],
	['::ffff:198.51.100.4', '198.51.100.4'],
	['10.0.0.4, 10.0.0.5', '10.0.0.4'],
	['made up', '10.1.1.1'],
	['', '10.1.1.1']
] as const)('[HT1] of the hops "%s" the caller is %s', ([forwarded, address]) => {
	const caller = callerOf(reach(), ask({ 'x-forwarded-for': forwarded }), '10.1.1.1');
	expect(caller.address).toBe(address);
});

test('[HT1] of several schemes the nearest proxy’s word counts', () => {
	const of = (proto: string) =>
		callerOf(reach(), ask({ 'x-forwarded-proto': proto }), '10.1.1.1').isSecure;
	expect(of('http, https')).toBe(true);
	expect(of('https, http')).toBe(false);
	expect(of('javascript')).toBe(false);
});

test('[HT1] the public address is the origin, whatever a Host header says', () => {
	const fixed = reach({ origin: 'https://keys.example.com' });
	expect(callerOf(fixed, ask({}, 'http://evil.example/'), '127.0.0.1')).toMatchObject({
		origin: 'https://keys.example.com',
		isSecure: true
	});
	for (const own of ['http://keys.example.com/', 'http://KEYS.example.com:443/x'])
		expect(isAddressed(fixed, ask({}, own)), own).toBe(true);
	for (const other of [
		'http://evil.example/',
		'http://keys.example.com.evil.example/',
		'http://keys.example.com:8080/',
		'http://localhost/'
	])
		expect(isAddressed(fixed, ask({}, other)), other).toBe(false);
	expect(isAddressed(reach(), ask({}, 'http://any.lan:4870/'))).toBe(true);
});

test('[HT1] what is no address, and no network, is not taken for one', () => {
	for (const bad of ['10.0.0.0/33', '10.0.0', 'proxy.lan', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129'])
		expect(proxiesOf([bad]), bad).toBeUndefined();
	expect(originOf('https://Hub.Example.com/')).toBe('https://hub.example.com');
	for (const bad of [
		'hub.example.com',
		'ftp://a.example',
		'https://a.example/sub',
		'https://u@a.example'
	])
		expect(originOf(bad), bad).toBeUndefined();
});
