import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { formatDuration } from '../../core/base/format.ts';
import { isAbort, isSourceError } from '../../core/base/sourceError.ts';
import { wholeMinutes, type TimeWindow } from '../../core/base/timeWindow.ts';
import {
  earlier,
  epochFromMilliseconds,
  fromMilliseconds,
  fromMinutes,
} from '../../core/base/units.ts';
import type { EpochMicroseconds } from '../../core/base/units.ts';
import type { Log } from '../../core/ports.ts';
import type { EndpointsAnswer, SampledRequests } from '../../engine/methods.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { RefreshPace, type EndedReading } from './refreshPace.ts';

export interface FeedState {
  /** The last answer there was; it stays while a later reading fails. */
  readonly answer: EndpointsAnswer | undefined;
  readonly readAt: EpochMicroseconds | undefined;
  /** Why the last reading failed; undefined when it didn't. */
  readonly error: unknown;
  readonly busy: boolean;
  /** Traces are read for the figures of calls; the figures of handlers are there already. */
  readonly sampling: boolean;
  /** What the traces read last say; undefined: none were read yet. It stays while others are read. */
  readonly sample: SampledRequests | undefined;
  /** The user asked for the last reading, or is the reason that there is none: not the clock, spans or code. */
  readonly asked: boolean;
  /** The user stopped the last reading: nothing is read until something is asked for again. */
  readonly cancelled: boolean;
  /** The source was slow or busy: until then nothing is read by the clock. */
  readonly pausedUntil: EpochMicroseconds | undefined;
}

export interface FigureFeedOptions {
  readonly engine: EngineSession;
  readonly windowMinutes: () => number;
  readonly log: Log;
  /** Default: how long a source is left alone in the editor. */
  readonly pace?: RefreshPace;
}

/** Traces read for the figures of calls, where the source counts the others without reading any. */
const callSiteTraces = 200;
/** New spans come many times a second; the figures follow at this pace. */
const spansPauseMs = 3_000;

const nothingRead: FeedState = {
  answer: undefined,
  readAt: undefined,
  error: undefined,
  busy: false,
  sampling: false,
  sample: undefined,
  asked: false,
  cancelled: false,
  pausedUntil: undefined,
};

/** The window's figures: read again on demand, by the clock while someone looks, and when spans arrive. */
export class FigureFeed implements Disposable {
  readonly #options: FigureFeedOptions;
  readonly #changed: Emitter<FeedState>;
  #state = nothingRead;
  #reading: AbortController | undefined;
  /** The code changed while figures were read; whether as the user asked. */
  #behindCode: { readonly asked: boolean } | undefined;
  #spansTimer: NodeJS.Timeout | undefined;
  readonly #pace: RefreshPace;

  constructor(options: FigureFeedOptions) {
    this.#options = options;
    this.#pace = options.pace ?? new RefreshPace();
    this.#changed = new Emitter((error) => {
      options.log.error('A listener of the figures failed.', error);
    });
  }

  get onChange() {
    return this.#changed.event;
  }
  get state(): FeedState {
    return this.#state;
  }

  /** Of the window that the figures are of: another one that was chosen has none until they are read. */
  get shownMinutes(): number {
    const { answer } = this.#state;
    return answer ? wholeMinutes(answer.window) : this.#options.windowMinutes();
  }

  window(): TimeWindow {
    const end = epochFromMilliseconds(Date.now());
    return { start: earlier(end, fromMinutes(this.#options.windowMinutes())), end };
  }

  /** Reads the figures for the user, taking over from a reading under way. Never rejects: failure is a state. */
  refresh(): Promise<void> {
    return this.#read(true);
  }

  async #read(asked: boolean): Promise<void> {
    this.#stop();
    const reading = new AbortController();
    this.#reading = reading;
    this.#set({ busy: true, sampling: false, asked, cancelled: false });
    try {
      const { engine } = this.#options;
      const window = this.window();
      const answer = await engine.call('endpoints', { window, refresh: true }, reading.signal);
      if (this.#reading !== reading) return;
      this.#set({
        answer,
        readAt: epochFromMilliseconds(Date.now()),
        error: undefined,
        busy: false,
      });
      await this.#sampleCallSites(window, reading);
      this.#setPace(reading, answer);
    } catch (error) {
      if (this.#reading !== reading) return;
      this.#failed(error);
      if (!isAbort(error))
        this.#setPace(reading, { readMs: 0, restMs: 0, overloaded: isOverload(error) });
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
    if (this.#behindCode) await this.rejoin(this.#behindCode.asked);
  }

  /**
   * Reads by the clock: neither takes over from a reading under way, nor goes on after the user's cancel, nor
   * before a slow source has had its pause.
   */
  async readAgain(): Promise<void> {
    if (this.#state.cancelled) this.#changed.fire(this.#state);
    else if (!this.#reading && this.#pace.isDue(Date.now())) await this.#read(false);
  }

  /** Joins the figures already read with the code as it is now, once no reading is under way: no request to the source. Never rejects. */
  async rejoin(asked = false): Promise<void> {
    const before = this.#state.answer;
    this.#behindCode = this.#reading === undefined ? undefined : { asked };
    if (this.#reading || !before) return;
    const { window } = before;
    const { engine, log } = this.#options;
    try {
      const answer = await engine.call('endpoints', { window, refresh: false });
      if (this.#state.answer === before) this.#set({ answer, asked });
    } catch (error) {
      if (!isAbort(error)) log.error('Failed to map metrics to code.', error);
    }
  }

  /** Forgets what was read: it came from another source. */
  forget(): void {
    this.#stop();
    this.#pace.reset();
    this.#set(nothingRead);
  }

  /** Stops the reading under way, as the user wants it; what was read before stays. */
  cancel(): void {
    const { busy, sampling } = this.#state;
    this.#stop();
    if (busy || sampling) this.#set({ busy: false, sampling: false, asked: true, cancelled: busy });
  }

  /** Spans arrived: reads soon, once for all that arrive in the meantime. */
  spansArrived(): void {
    this.#spansTimer ??= setTimeout(() => {
      this.#spansTimer = undefined;
      // A reading under way may have begun before these spans: they are looked at after it, and after a pause.
      if (this.#reading || !this.#pace.isDue(Date.now())) this.spansArrived();
      else void this.readAgain();
    }, spansPauseMs);
  }

  dispose(): void {
    this.#stop();
    clearTimeout(this.#spansTimer);
    this.#changed.dispose();
  }

  async #sampleCallSites(window: TimeWindow, reading: AbortController): Promise<void> {
    const { engine } = this.#options;
    this.#set({ sampling: true });
    const asked = { window, traces: callSiteTraces };
    const sample = await engine.call('sampleCallSites', asked, reading.signal);
    if (this.#reading === reading) this.#set({ sampling: false, sample });
  }

  #setPace(reading: AbortController, ended: EndedReading): void {
    if (this.#reading !== reading) return;
    const now = Date.now();
    const pause = this.#pace.ended(ended, now);
    this.#set({ pausedUntil: pause === 0 ? undefined : epochFromMilliseconds(now + pause) });
    if (pause === 0) return;
    const { readMs, overloaded, restMs } = ended;
    const why = overloaded
      ? 'The source is slow or busy'
      : pause === restMs
        ? 'Much was read from a source that others use'
        : `Loading metrics took ${formatDuration(fromMilliseconds(readMs))}`;
    this.#options.log.info(
      `${why}. The next refresh is in ${formatDuration(fromMilliseconds(pause))} at the earliest.`,
    );
  }

  #stop(): void {
    this.#reading?.abort();
    this.#reading = undefined;
  }

  #failed(error: unknown): void {
    if (isAbort(error)) {
      this.#set({ busy: false, sampling: false });
      return;
    }
    this.#options.log.error('Failed to load metrics.', error);
    this.#set({ error, busy: false, sampling: false });
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}

const isOverload = (error: unknown): boolean =>
  isSourceError(error) && ['busy', 'timedOut', 'tooLarge'].includes(error.code);
