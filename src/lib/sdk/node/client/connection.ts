/**
 * A client's hold on a seat of a site server, for as long as the program runs: renewed, watched, lost
 * and found again. [LE2, LE3, LE6]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ListedResource, RestartNotice } from '#lib/protocol/lease.ts';
import { EventEmitter } from 'node:events';
import { afterRenewal } from './after-renewal.ts';
import { claimAnywhere, type Claiming } from './claim-anywhere.ts';
import type { ClaimedSeat, GrantedLease, PlaceInLine } from './claim.ts';
import type { ConnectionEvents } from './connection-events.ts';
import { describeLease, momentOf, usableUntil, type HeldLease, type Moment } from './held-lease.ts';
import { monotonic } from './monotonic.ts';
import { backOff, Pause, renewalPause } from './pauses.ts';
import { asRestartNotice, releaseHold, renewHold } from './renewal.ts';
import { readResources } from './resources.ts';
import { watchHold, type HeardEvent } from './watch.ts';

type Standing =
	| { is: 'held'; granted: GrantedLease; lastWord: Moment; tries: number; restartBy?: number }
	| { is: 'waiting'; line: PlaceInLine; tries: number }
	| { is: 'ended'; refusal: Refusal };

/** A first renewal that fails is repeated before anybody is alarmed. */
const QUIET_TRIES = 1;

export class SiteConnection extends EventEmitter<ConnectionEvents> {
	readonly #claiming: Claiming;
	readonly #pause = new Pause();
	#standing: Standing;
	#locked = false;
	#gone = false;
	#closed = false;
	#resting = false;
	#unwatch = () => {};

	constructor(claiming: Claiming, claimed: ClaimedSeat) {
		super();
		this.#claiming = claiming;
		this.#standing = this.#take(claimed);
		void this.#run();
	}

	/** What is held: through the grace as well, and not while it waits or is locked. */
	get lease(): HeldLease | undefined {
		const standing = this.#standing;
		if (this.#gone || standing.is !== 'held' || this.left <= 0) return undefined;
		return describeLease(standing.granted);
	}

	/** Seconds for which work may go on if the server is not heard of again. */
	get left(): number {
		return Math.max(0, (this.#usableUntil() - monotonic()) / 1000);
	}

	#usableUntil(): number {
		const standing = this.#standing;
		return standing.is === 'held' ? usableUntil(standing) : 0;
	}

	/** The server has not been heard of when it should have been. */
	get isLost(): boolean {
		return this.#standing.is === 'held' && this.#standing.tries > QUIET_TRIES;
	}

	get site() {
		const standing = this.#standing;
		if (standing.is === 'ended') return undefined;
		return standing.is === 'held' ? standing.granted.site : standing.line.site;
	}

	/** What the site lets its clients open. [RS1] */
	async resources(): Promise<ListedResource[] | Refusal> {
		const { addresses, expecting } = this.#claiming;
		const address = this.site?.address ?? addresses[0];
		if (!address) return refuse('SITE_UNREACHABLE', { addresses: [] });
		return readResources(address, expecting.product);
	}

	/** Gives the seat, or the place in line, up. */
	async close(): Promise<void> {
		const standing = this.#standing;
		const isFirst = !this.#gone;
		this.#closed ||= isFirst;
		this.leave();
		if (!isFirst || standing.is === 'ended') return;
		await releaseHold(standing.is === 'held' ? standing.granted : standing.line);
	}

	/** Looks away while this client claims anew: what it holds may end by that. */
	rest(): void {
		this.#resting = true;
	}

	/** The claim was refused: what there is goes on. */
	goOn(): void {
		this.#resting = false;
		this.#pause.cut();
	}

	/** Is silent from now on, and gives nothing up: another connection of this client goes on. */
	leave(): void {
		this.#gone = true;
		this.#unwatch();
		this.#pause.cut();
	}

	#take(claimed: ClaimedSeat): Standing {
		this.#unwatch();
		this.#locked = false;
		const hold = 'lease' in claimed ? claimed.lease : claimed.line;
		this.#unwatch = watchHold(hold, (event) => this.#hear(event));
		if ('line' in claimed) return { is: 'waiting', line: claimed.line, tries: 0 };
		const { lease } = claimed;
		const lastWord = momentOf(lease.until - lease.lease.ttl * 1000);
		return { is: 'held', granted: lease, lastWord, tries: 0 };
	}

	async #run(): Promise<void> {
		while (!this.#isOver()) {
			await this.#pause.wait(this.#nextPause());
			if (this.#isOver()) return;
			if (this.#resting) continue;
			if (this.#standing.is === 'held') await this.#renew();
			else await this.#ask();
		}
	}

	/** The program closed it, or the site ended it: events come while something else is awaited. */
	#isOver(): boolean {
		return this.#gone || this.#standing.is === 'ended';
	}

	#nextPause(): number {
		const standing = this.#standing;
		if (standing.is === 'ended') return 0;
		const { tries } = standing;
		if (tries === 0)
			return renewalPause(standing.is === 'held' ? standing.granted.lease.ttl : standing.line.ttl);
		// The end of the grace is told when it comes.
		const left = this.#locked ? Number.POSITIVE_INFINITY : this.left * 1000;
		return standing.is === 'held' && left > 0 ? Math.min(backOff(tries), left) : backOff(tries);
	}

	async #renew(): Promise<void> {
		const standing = this.#standing;
		if (standing.is !== 'held') return;
		const { granted } = standing;
		const renewed = await renewHold(granted, this.#claiming.addresses);
		// Meanwhile an event may have ended it, or the program closed it.
		if (this.#gone || this.#resting || this.#standing !== standing) return;
		if (renewed.said === 'yes') {
			const { answer, askedAt } = renewed;
			const wasLost = this.isLost || this.#locked;
			granted.until = askedAt + answer.ttl * 1000;
			Object.assign(standing, { lastWord: momentOf(askedAt), tries: 0 });
			this.#locked = false;
			if (wasLost) this.emit('back', describeLease(granted));
			this.emit('renewed', describeLease(granted));
			if (answer.restart) this.#tellRestart(answer.restart);
			return;
		}
		const { addresses } = this.#claiming;
		const next = afterRenewal(renewed, {
			...standing,
			hasOthers: addresses.length > 1,
			now: { at: monotonic(), wall: Date.now() }
		});
		if (next.do === 'end') this.#end(next.why);
		else if (next.do === 'claim') await this.#claimAgain(next.why);
		else this.#lose(next.why);
	}

	/** Closed while the claim was on its way: nobody would use what it got. */
	async #giveUp(claimed: ClaimedSeat | Refusal): Promise<void> {
		if (isRefusal(claimed) || !this.#closed) return;
		await releaseHold('lease' in claimed ? claimed.lease : claimed.line);
	}

	async #claimAgain(why: Refusal): Promise<void> {
		const { wishes } = this.#claiming;
		const claimed = await claimAnywhere({
			...this.#claiming,
			wishes: { ...wishes, wait: undefined }
		});
		if (this.#gone) return this.#giveUp(claimed);
		if (isRefusal(claimed) || 'line' in claimed) {
			this.#lose(isRefusal(claimed) ? claimed : why);
			return;
		}
		const wasLost = this.isLost || this.#locked;
		this.#standing = this.#take(claimed);
		if (wasLost) this.emit('back', describeLease(claimed.lease));
		this.emit('renewed', describeLease(claimed.lease));
	}

	#lose(why: Refusal): void {
		const standing = this.#standing;
		if (standing.is !== 'held') return;
		standing.tries++;
		if (this.#locked) return;
		const { left } = this;
		if (left > 0) {
			if (this.isLost) this.emit('lost', { left, why });
			return;
		}
		this.#locked = true;
		const silence = (monotonic() - standing.lastWord.at) / 1000;
		const since = Math.floor(Date.now() / 1000 - silence);
		this.emit('ended', why.refused === 'SITE_UNREACHABLE' ? refuse('GRACE_OVER', { since }) : why);
	}

	/** In line: still there, or it is this client's turn. */
	async #ask(): Promise<void> {
		const standing = this.#standing;
		if (standing.is !== 'waiting') return;
		const { line } = standing;
		const renewed = await renewHold(line, this.#claiming.addresses);
		if (this.#gone || this.#standing !== standing) return;
		if (renewed.said === 'nothing' && !renewed.forgotten) {
			standing.tries++;
			return;
		}
		if (renewed.said === 'yes' && renewed.answer.state === 'waiting') {
			standing.tries = 0;
			this.#movedTo(renewed.answer.place ?? line.place);
			return;
		}
		const claimed = await claimAnywhere(this.#claiming);
		if (this.#isOver()) return this.#giveUp(claimed);
		if (isRefusal(claimed)) {
			standing.tries++;
			return;
		}
		this.#standing = this.#take(claimed);
		if ('lease' in claimed) this.emit('granted', describeLease(claimed.lease));
		else this.emit('waiting', { place: claimed.line.place });
	}

	#movedTo(place: number): void {
		const standing = this.#standing;
		if (standing.is !== 'waiting' || standing.line.place === place) return;
		standing.line.place = place;
		this.emit('waiting', { place });
	}

	#hear(event: HeardEvent): void {
		if (this.#gone) return;
		if (event.event === 'restart') {
			const notice = asRestartNotice(event.notice);
			if (notice) this.#tellRestart(notice);
		} else if (event.event === 'place' && typeof event.place === 'number') {
			this.#movedTo(event.place);
		} else if (event.event === 'ended' || event.event === 'free') {
			// What it means is said by the next renewal, which is due at once.
			this.#pause.cut();
		}
	}

	#tellRestart(notice: RestartNotice): void {
		const standing = this.#standing;
		if (standing.is !== 'held') return;
		const by = monotonic() + notice.within * 1000;
		const isKnown = standing.restartBy !== undefined;
		standing.restartBy = Math.min(by, standing.restartBy ?? by);
		if (!isKnown) this.emit('restart', notice);
	}

	#end(refusal: Refusal): void {
		this.#standing = { is: 'ended', refusal };
		this.#unwatch();
		this.emit('ended', refusal);
	}
}
