import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.ts';

test.each([
	['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
	['0.0.0.0', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
	['::1', '::', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
	['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', 'example.com', '']
])('[WH1] is none of the internet: %s and others', (...addresses) => {
	expect(addresses.filter(isPublicAddress)).toEqual([]);
});

test('[WH1] is one of the internet', () => {
	const addresses = ['8.8.8.8', '172.32.0.1', '93.184.215.14', '2606:4700::1111', '2a00:1450::1'];
	expect(addresses.filter((each) => !isPublicAddress(each))).toEqual([]);
});
