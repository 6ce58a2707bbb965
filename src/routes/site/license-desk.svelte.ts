/**
 * The licenses of a site server, and what the admin does about them: on the license page and in the last
 * step of the set-up.
 *
 * @module
 */
import { askSite } from '#lib/desk/site/asking.ts';
import { readBytesOf, textBrought, type BroughtBytes } from '#lib/desk/site/brought.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { SiteFile, SiteGetting, SiteLicenses, SiteTaken } from '#lib/protocol/site.ts';

type Ask = { key: string; name: string; organization?: string };

/** While the hub is waited for, and while clients come and go. */
const LOOK_MS = 2_000;

export class LicenseDesk {
	#known = $state.raw<SiteLicenses>();
	#refusal = $state.raw<Refusal>();
	#taken = $state.raw<SiteTaken[]>([]);
	#file = $state.raw<SiteFile & { request?: string }>();
	#getting = $state.raw<SiteGetting>({ state: 'none' });
	#busy = $state(false);

	get known(): SiteLicenses | undefined {
		return this.#known;
	}

	/** Why the server could not be asked. */
	get refusal(): Refusal | undefined {
		return this.#refusal;
	}

	/** What became of what was brought last. */
	get taken(): readonly SiteTaken[] {
		return this.#taken;
	}

	/** What is to be carried out now. */
	get file(): (SiteFile & { request?: string }) | undefined {
		return this.#file;
	}

	get getting(): SiteGetting {
		return this.#getting;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** Whether anything was brought or fetched that is active now. */
	get hasSucceeded(): boolean {
		return this.#taken.some(({ outcome }) => outcome === 'loaded');
	}

	async read(): Promise<void> {
		const answer = await askSite((site) => site.license.list.query());
		this.#refusal = isRefusal(answer) ? answer : undefined;
		if (!isRefusal(answer)) this.#known = answer;
	}

	/** Looks again and again, for as long as the page is open. @returns How to stop. */
	watch(): () => void {
		let isOpen = true;
		const look = async () => {
			await this.read();
			await this.#readGetting();
			while (isOpen) {
				await new Promise((wait) => setTimeout(wait, LOOK_MS));
				if (!isOpen || document.visibilityState === 'hidden') continue;
				if (this.#getting.state === 'waiting') await this.#readGetting();
				await this.read();
			}
		};
		void look();
		return () => (isOpen = false);
	}

	async request(ask: Ask): Promise<Refusal | undefined> {
		this.#taken = [];
		const made = await askSite((site) => site.license.request.mutate(ask));
		if (isRefusal(made)) return made;
		this.#file = made;
		await this.read();
		return undefined;
	}

	async carryAgain(request: string): Promise<void> {
		const file = await askSite((site) => site.license.requestFile.query({ request }));
		if (isRefusal(file)) this.#refusal = file;
		else this.#file = { ...file, request };
	}

	async giveBack(activation: string): Promise<Refusal | undefined> {
		this.#taken = [];
		const made = await askSite((site) => site.license.giveBack.mutate({ activation }));
		if (isRefusal(made)) return made;
		this.#file = made;
		await this.read();
		return undefined;
	}

	putAway(): void {
		this.#file = undefined;
	}

	/** Sends what is to be carried, by this server itself. */
	async send(): Promise<Refusal | undefined> {
		const request = this.#file?.request;
		if (request === undefined) return undefined;
		return this.#take(askSite((site) => site.license.send.mutate({ request })));
	}

	async bringFiles(files: readonly File[]): Promise<void> {
		await this.#bring(await readBytesOf(files));
	}

	async bringText(name: string, text: string): Promise<void> {
		await this.#bring([textBrought(name, text)]);
	}

	async #bring(files: BroughtBytes[]): Promise<void> {
		const refused = await this.#take(askSite((site) => site.license.load.mutate({ files })));
		if (refused) this.#refusal = refused;
	}

	async #take(asked: Promise<SiteTaken[] | Refusal>): Promise<Refusal | undefined> {
		this.#busy = true;
		const taken = await asked;
		this.#busy = false;
		if (isRefusal(taken)) return taken;
		this.#taken = taken;
		if (this.hasSucceeded || taken.some(({ outcome }) => outcome === 'returned'))
			this.#file = undefined;
		await this.read();
		return undefined;
	}

	async get(hub: string): Promise<Refusal | undefined> {
		const begun = await askSite((site) => site.license.get.mutate({ hub }));
		if (isRefusal(begun)) return begun;
		this.#getting = begun;
		return undefined;
	}

	async stopGetting(): Promise<void> {
		await askSite((site) => site.license.stopGetting.mutate());
		this.#getting = { state: 'none' };
	}

	async #readGetting(): Promise<void> {
		const answer = await askSite((site) => site.license.getting.query());
		if (isRefusal(answer)) return;
		this.#getting = answer;
		if (answer.state === 'activated')
			this.#taken = [{ source: '', outcome: 'loaded', license: answer.license }];
	}
}
