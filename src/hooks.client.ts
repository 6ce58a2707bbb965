/**
 * Where the desk opens: on a phone with Lookup, elsewhere with the Overview, and while a hub is being set up
 * with that. An address that says
 * more is followed as it is.
 *
 * @module
 */

/** Below it the places are a bar under the thumb: see `Navigation.svelte`. */
const NARROW = '(max-width: 899px)';

if (location.pathname === '/setup') {
	if (!location.hash) history.replaceState(history.state, '', '#/setup');
} else if (/^#?$/.test(location.hash) && matchMedia(NARROW).matches)
	history.replaceState(history.state, '', '#/lookup');
