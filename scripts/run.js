// Runs one of the project's scripts on a machine that may have nothing yet but Node 20 and npm:
// `node scripts/run.js FILE [arguments]`, the file named from the checkout's root.

import './need-node.js';

import('./install.js').then(({ install, runOnOwnNode }) => {
	install();
	const [script, ...args] = process.argv.slice(2);
	runOnOwnNode(script, args);
});
