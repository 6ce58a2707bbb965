/**
 * Where the desk opens: on a phone with Lookup, elsewhere with the Overview. An address that says
 * more is followed as it is.
 *
 * @module
 */

/** Below it the places are a bar under the thumb: see `Navigation.svelte`. */
const NARROW = '(max-width: 899px)';

if (/^#?$/.test(location.hash) && matchMedia(NARROW).matches)
	history.replaceState(history.state, '', '#/lookup');
