// Preloaded into a process: says what it holds once all that nobody needs is collected, when it is asked by SIGUSR2.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	process.stdout.write(`\nholds ${heapUsed + external} bytes\n`);
});
