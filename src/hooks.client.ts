/**
 * A hub that is being set up opens with that. An address that says more is followed as it is.
 *
 * @module
 */
if (location.pathname === '/setup' && !location.hash)
	history.replaceState(history.state, '', '#/setup');

// Mail programs cut links in the middle of a letter: what cannot be read leads to "nothing here". The router reads
// an address twice.
try {
	decodeURI(decodeURIComponent(location.hash));
} catch {
	history.replaceState(history.state, '', location.hash.replaceAll('%', '%2525'));
}
