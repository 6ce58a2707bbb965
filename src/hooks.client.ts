/**
 * A hub that is being set up opens with that. An address that says more is followed as it is.
 *
 * @module
 */
if (location.pathname === '/setup' && !location.hash)
	history.replaceState(history.state, '', '#/setup');
