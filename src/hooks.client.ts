/**
 * Where the desk opens: with its first screen, and while a hub is being set up with that. An address that says
 * more is followed as it is.
 *
 * @module
 */
if (location.pathname === '/setup' && !location.hash)
	history.replaceState(history.state, '', '#/setup');
