// `npm start` on a machine that has nothing yet but Node 20 and npm.

import './need-node.js';

import('./install.js').then(({ install, runOnOwnNode }) => {
	install();
	runOnOwnNode('scripts/start-hub.ts');
});
