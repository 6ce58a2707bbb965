// Says in one sentence when Node is too old to go on. Written for any Node, so that it runs there.

var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
	console.error(
		'Keyferry needs Node 20 or newer to start, and this is Node ' +
			process.versions.node +
			': install a newer one from https://nodejs.org and run the command again.'
	);
	process.exit(1);
}

var agent = /\bnpm\/(\d+)\.([\w.]+)/.exec(process.env.npm_config_user_agent || '');
if (agent && Number(agent[1]) < 9) {
	console.error(
		'Keyferry needs npm 9 or newer, and this is npm ' +
			agent[1] +
			'.' +
			agent[2] +
			': run `npm install --global npm@10` (or install a newer Node) and try again.'
	);
	process.exit(1);
}
