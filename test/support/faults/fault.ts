import type { SourceSettings } from '../../../src/sources/registry.ts';
import type { ReceiverPlace, Screen } from './screen.ts';
import type { Shared } from './shared.ts';

/** Something that goes wrong with a source, on a real process or a small server. */
export interface Fault {
  /** What goes wrong, for the table and the test's name: `killed in the middle of a response`. */
  readonly title: string;
  /** What the user reads; `observeFault` fails where it is something else. */
  readonly says: RegExp;
  /**
   * What becomes of the figures on the screen; default `stay`: with their age. `gone`: what they were of is another
   * server's, or lost. `fresh`: they are read on, since the source itself is well.
   */
  readonly figures?: 'stay' | 'gone' | 'fresh';
  /** False where this machine can't do it; default true. */
  readonly isPossible?: boolean;
  /** How long until the user knows, in ms, at most; default: a request's time-out and a refresh, with time to spare. */
  readonly knownWithinMs?: number;
  /** Started before the first fault that needs it, stopped after the last. */
  readonly shared?: Shared;
  /** Sets the source up: well, with spans of the last minutes. */
  stage(times: FaultTimes): Promise<FaultStage>;
}

/** A source that is well, until its fault begins. */
export interface FaultStage {
  /** Of the window, as they are now: a fault may change them, and tells with `screen.settingsChanged()`. */
  readonly settings: () => SourceSettings;
  /** Where the window receives spans itself; none: it doesn't. */
  readonly receiver?: ReceiverPlace;
  /** Once the window is open: what is sent to its own receiver. */
  readonly opened?: (screen: Screen) => Promise<void>;
  /** Settled once it has begun: from then on it is counted how long the user doesn't know. */
  begin(screen: Screen): Promise<void>;
  /** Settled once all is well again: from then on it is counted how long the window takes to notice. */
  end(screen: Screen): Promise<void>;
  /** What is said elsewhere than in the window, such as to a sender of spans; undefined: nothing yet. */
  readonly said?: (screen: Screen) => string | undefined;
  /** Ends all that was started; after it nothing of the stage is open. */
  close(): Promise<void>;
}

/** In ms. */
export interface FaultTimes {
  /** Between two readings of figures by the clock. */
  readonly refreshMs: number;
  /** For a request to the source. */
  readonly timeoutMs: number;
  /** Before a source that was slow or busy is asked again. */
  readonly pauseMs: number;
  /** How long idle connections may stay after another source was chosen; undefined: that isn't looked at. */
  readonly idleMs?: number;
}

/** As in the editor, with the shortest refresh that can be set. */
export const usualTimes: FaultTimes = {
  refreshMs: 5_000,
  timeoutMs: 15_000,
  pauseMs: 60_000,
  idleMs: 20_000,
};

/** For tests: shorter, but long enough for an answer on a machine that is busy. */
export const quickTimes: FaultTimes = { refreshMs: 500, timeoutMs: 8_000, pauseMs: 1_000 };

/** What was seen of a fault: a row of the table. Times in ms. */
export interface FaultRow {
  readonly title: string;
  /** From its beginning until the user can read what is wrong. */
  readonly untilKnown: number;
  /** In the status bar: `Jaeger: can't connect`. */
  readonly status: string;
  /** The whole sentence, in English. */
  readonly sentence: string;
  readonly figures: 'stay' | 'gone' | 'fresh';
  /** From its end until there are new figures and no warning, without a command. */
  readonly untilRecovered: number;
  /** What is still open after another source was chosen, or the window closed: `2 socket`. */
  readonly leftOver: readonly string[];
}
