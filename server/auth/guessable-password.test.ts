import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isCommonPassword } from './guessable-password.ts';

test.for([
	...['1234567890', '0987654321', '1111111111', '1234512345', '01011990123', '9876543210'],
	...[
		'password123',
		'Password123',
		'Password123!',
		'P@ssw0rd123',
		'passwordpassword',
		'password2024'
	],
	...['Passwort123', 'passwort2025!', 'Willkommen1', 'welcome123!', 'Welcome2026', 'letmein123'],
	...['qwertyuiop', 'qwertzuiop', 'qwerty12345', 'qwerty123456', 'asdfghjkl123', 'zxcvbnm123'],
	...['1q2w3e4r5t', 'q1w2e3r4t5', '1qaz2wsx3edc', 'zaq12wsxcde3', 'abcdefghij', 'abcd123456'],
	...[
		'iloveyou123',
		'administrator',
		'admin12345',
		'Administrator1',
		'changeme123',
		'ChangeMe2026!'
	],
	...['football123', 'superman123', 'sunshine12', 'princess123', 'Sommer2026!', 'Summer2025!!'],
	...[
		'Keyferry2026',
		'keyferry123',
		'trustno1trustno1',
		'aaaaaaaaaa',
		'abcabcabcabc',
		'test123456'
	],
	...['login12345', 'master12345', 'dragon12345', 'monkey12345', 'computer123', 'internet123'],
	...['December2025', 'November2026!', 'hello12345', 'Hallo12345', 'secret1234', 'geheim1234']
])('[PE4] %s is what everybody tries', (password) => {
	expect(isCommonPassword(password)).toBe(true);
});

test('[PE4] what somebody thought of, or a generator made, is not', () => {
	for (const password of [
		'correct horse battery staple',
		'a long enough password',
		'Heu-Regen-Kübel-Tonne',
		'tr0mbone&lighthouse',
		'xkVf7-pq2Lm-93hTz',
		'long enough'
	])
		expect(isCommonPassword(password), password).toBe(false);
	for (let n = 0; n < 500; n++)
		expect(isCommonPassword(`demo-${randomBytes(6).toString('hex')}`)).toBe(false);
});
