import { expect, test } from 'vitest';
import { judgeInstall, type BrowserFacts } from './install-state.ts';

const agents = {
	chrome: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
	firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
	firefoxAndroid: 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
	iPhone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604.1',
	mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605.1'
};

function facts(of: Partial<BrowserFacts>): BrowserFacts {
	return {
		isOneFile: false,
		isStandalone: false,
		hasPrompt: false,
		knowsPrompt: false,
		userAgent: agents.firefox,
		touchPoints: 0,
		...of
	};
}

test.each([
	['a prompt that the browser has handed over', { hasPrompt: true, knowsPrompt: true }, 'ready'],
	['a browser of that kind without one', { knowsPrompt: true, userAgent: agents.chrome }, 'menu'],
	['Firefox on a desktop', {}, 'none'],
	['Firefox on Android', { userAgent: agents.firefoxAndroid }, 'menu'],
	['an iPhone', { userAgent: agents.iPhone, touchPoints: 5 }, 'ios'],
	['an iPad, which says that it is a Mac', { userAgent: agents.mac, touchPoints: 5 }, 'ios'],
	['Safari on a Mac', { userAgent: agents.mac }, 'dock'],
	['the installed app', { isStandalone: true, hasPrompt: true }, 'installed'],
	['the one-file desk', { isOneFile: true, hasPrompt: true }, 'none']
] as const)('[DK4] how this app is installed is said for what it is: %s', (_, of, state) => {
	expect(judgeInstall(facts(of))).toBe(state);
});
