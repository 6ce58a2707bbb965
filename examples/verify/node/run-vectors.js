// Prints {name: code} for each vector of the file named on the command line.

import { readFileSync } from 'node:fs';
import { Refused, verify } from './keyferry-verify.js';

function outcome({ file, ...asked }) {
	try {
		verify(file, asked);
		return 'ok';
	} catch (refused) {
		if (refused instanceof Refused) return refused.code;
		throw refused;
	}
}

const { vectors } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
console.log(JSON.stringify(Object.fromEntries(vectors.map((each) => [each.name, outcome(each)]))));
