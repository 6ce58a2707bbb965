/** `keyferry resource import|list|remove`: what a site server guards, on its own machine. [RS1, RS2] */
import { readFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { ListOutcome } from '#lib/protocol/site-console.ts';
import { command } from '#server/cli/base/command.ts';
import { exitCodes, UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { table } from '#server/cli/base/texts.ts';
import type { askRunningSite } from '#server/site/operator/ask-site.ts';
import { siteFolder } from './lease.ts';

type Asked = {
	file?: string;
	name?: string;
	kind?: string;
	limit?: string;
	license?: string;
	server?: string;
	database?: string;
	all?: boolean;
	'dry-run'?: boolean;
	data: string;
};

const importCommand = command({
	name: 'import',
	description: 'Import one by --name, those of a list (CSV), or databases of a PostgreSQL --server',
	args: {
		file: {
			type: 'positional',
			required: false,
			valueHint: 'FILE.csv',
			description: 'Columns: name, kind, product, customer, license, limit; - is standard input'
		},
		name: {
			type: 'string',
			valueHint: 'NAME',
			description: 'One resource, as the product asks for it'
		},
		kind: {
			type: 'string',
			valueHint: 'KIND',
			description: 'With --name: its kind (default: database)'
		},
		limit: { type: 'string', valueHint: 'N', description: 'With --name: clients at once' },
		server: {
			type: 'string',
			valueHint: 'URL',
			description: 'postgres://USER@HOST:PORT; the password in PGPASSWORD is used once and not kept'
		},
		database: { type: 'string', valueHint: 'A,B', description: 'With --server: these databases' },
		all: { type: 'boolean', description: 'With --server: every database that is not here yet' },
		license: {
			type: 'string',
			valueHint: 'NUMBER',
			description: 'License of what names none; one that is active here'
		},
		'dry-run': {
			type: 'boolean',
			description: 'With a list: say what is wrong, and import nothing'
		},
		...siteFolder
	},
	async run(args: Asked) {
		const { file, name, server } = args;
		if ([file, name, server].filter((each) => each !== undefined).length !== 1)
			throw new UsageError(
				'Name a list, or one resource by --name, or a database server by --server.'
			);
		if (server !== undefined) return importDatabases(args, server);
		const license = args.license ?? '';
		const outcome = await asking(args.data, (site) =>
			name === undefined
				? site.resources.importList.mutate({
						text: readFileSync(file === '-' ? 0 : file!, 'utf8'),
						license,
						dryRun: args['dry-run'] === true
					})
				: site.resources.add.mutate({
						rows: [{ name, kind: args.kind, limit: args.limit }],
						license
					})
		);
		return isRefusal(outcome) ? outcome : told(outcome, args['dry-run'] === true);
	}
});

async function importDatabases(args: Asked, server: string): Promise<Outcome | Refusal> {
	const url = URL.parse(server);
	if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.username === '')
		throw new UsageError('--server takes postgres://USER@HOST:PORT.');
	if (url.password !== '')
		throw new UsageError('Others see what stands in a command: give the password in PGPASSWORD.');
	const asked = {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(url.port || 5432),
		user: decodeURIComponent(url.username),
		password: process.env.PGPASSWORD ?? '',
		tls: url.searchParams.get('sslmode') === 'require'
	};
	const found = await asking(args.data, (site) => site.resources.databases.mutate(asked));
	if (isRefusal(found)) return found;
	const names = found.map(({ name }) => name);
	const wanted = args.all ? names : (args.database ?? '').split(',').filter(Boolean);
	if (wanted.length === 0)
		return { lines: [...names, 'Choose by --database A,B or --all.'], json: { databases: names } };
	const absent = wanted.filter((name) => !names.includes(name));
	if (absent.length > 0) throw new UsageError(`There is no database ${absent.join(', ')}.`);
	const rows = wanted.map((name) => ({ name }));
	const license = args.license ?? '';
	const outcome = await asking(args.data, (site) => site.resources.add.mutate({ rows, license }));
	return isRefusal(outcome) ? outcome : told(outcome, false);
}

function told(outcome: ListOutcome, dryRun: boolean): Outcome {
	const { rows, imported, known, wrong, problems } = outcome;
	const would = dryRun ? 'would be imported' : 'imported';
	return {
		lines: [
			...problems.map(
				({ line, column, fault, value }) =>
					`line ${line}: ${column} ${fault}${value === '' ? '' : ` (${value})`}`
			),
			`${rows} rows: ${imported} ${would}, ${known} there before, ${wrong} with problems.`
		],
		json: { dryRun, ...outcome },
		exit: wrong > 0 ? exitCodes.refused : exitCodes.done
	};
}

const list = command({
	name: 'list',
	description: 'List resources, whose they are, and how many are in each',
	args: siteFolder,
	async run({ data }) {
		const answer = await asking(data, (site) => site.resources.list.query());
		if (isRefusal(answer)) return answer;
		const { resources } = answer;
		const head = ['name', 'kind', 'product', 'customer', 'license', 'clients', 'state'];
		const cells = resources.map(
			({ name, kind, product, customer, license, inUse, limit, isOpen }) => [
				name,
				kind,
				product,
				customer,
				license,
				limit === undefined ? String(inUse) : `${inUse} of ${limit}`,
				isOpen ? 'open' : 'license not active'
			]
		);
		return {
			lines: resources.length > 0 ? table([head, ...cells]) : ['No resources.'],
			json: resources
		};
	}
});

const remove = command({
	name: 'remove',
	description: 'Remove a resource: clients see it no more, the database itself is not touched',
	args: {
		name: { type: 'positional', required: true, valueHint: 'NAME', description: 'Its name' },
		product: {
			type: 'string',
			valueHint: 'SLUG',
			description: 'Where two products have one of it'
		},
		...siteFolder
	},
	async run({ name, product, data }) {
		const answer = await asking(data, async (site) => {
			const { resources } = await site.resources.list.query();
			const named = resources.filter(
				(each) => each.name === name && (product === undefined || each.product === product)
			);
			const [found, other] = named;
			if (!found) throw new UsageError(`There is no resource ${name}.`);
			if (other)
				throw new UsageError(
					`Name the product by --product: ${named.map((each) => each.product).join(', ')}.`
				);
			await site.resources.remove.mutate({ id: found.id });
			return found;
		});
		if (isRefusal(answer)) return answer;
		return { lines: [`${name} was removed.`], json: { name, product: answer.product } };
	}
});

const asking: typeof askRunningSite = async (data, call) => {
	// With the store that it opens: not for those who only want help.
	const operator = await import('#server/site/operator/ask-site.ts');
	return operator.askRunningSite(data, call);
};

export const resourceCommand = defineCommand({
	meta: { name: 'resource', description: 'What a site server guards, on its own machine' },
	subCommands: { import: importCommand, list, remove }
});
