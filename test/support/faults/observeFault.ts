import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { eventually } from '../eventually.ts';
import {
  usualTimes,
  type Fault,
  type FaultRow,
  type FaultStage,
  type FaultTimes,
} from './fault.ts';
import { openedSince, openThings } from './openThings.ts';
import { openScreen, type Screen } from './screen.ts';

/** For a source to be set up and read the first time, on a busy machine. */
const firstReadingMs = 60_000;
/** On a busy machine a Cassandra takes longer than a question may to let a user in, several times in a row. */
const toSpareMs = 45_000;
/** Connections that are kept alive end by themselves. */
const closedWithinMs = 20_000;

/**
 * Opens a window on the source, reads figures, lets the fault begin and end, and closes all of it.
 * @throws AssertionError where the user isn't told, or something else than the fault says; where figures go or age without
 * a word; where it doesn't recover by itself
 */
export async function observeFault(
  fault: Fault,
  times: FaultTimes = usualTimes,
): Promise<FaultRow> {
  await setImmediate(); // Whoever calls may have a timer for it, set once it waits.
  const before = openThings();
  const stage = await fault.stage(times);
  const staged = openThings();
  const open: string[] = [];
  let seen: Omit<FaultRow, 'leftOver'>;
  try {
    const screen = openScreen({ ...stage, times });
    try {
      seen = await watch(fault, stage, screen, times);
      if (times.idleMs !== undefined) {
        await screen.chooseOther();
        open.push(...(await leftOver(staged, isSocket, times.idleMs)));
      }
    } finally {
      await screen.close();
    }
  } finally {
    await stage.close();
  }
  return { ...seen, leftOver: [...open, ...(await leftOver(before))] };
}

async function watch(
  fault: Fault,
  stage: FaultStage,
  screen: Screen,
  times: FaultTimes,
): Promise<Omit<FaultRow, 'leftOver'>> {
  const {
    title,
    figures = 'stay',
    knownWithinMs = 2 * times.timeoutMs + times.refreshMs + toSpareMs,
  } = fault;
  await stage.opened?.(screen);
  await eventually('figures without a warning', () => look(screen), isWell, firstReadingMs);

  await stage.begin(screen);
  const known = await whatIsSaid(fault, stage, screen, knownWithinMs).finally(() =>
    stage.end(screen),
  );
  const ended = Date.now();
  await eventually(
    `${title}: new figures without a command`,
    () => look(screen),
    (now) => isWell(now) && now.readAt >= ended,
    2 * times.pauseMs + 2 * times.timeoutMs + times.refreshMs + 30_000,
  );
  const untilRecovered = Date.now() - ended;
  return { title, figures, ...known, untilRecovered };
}

/** While it lasts. */
async function whatIsSaid(
  { title, says, figures = 'stay' }: Fault,
  stage: FaultStage,
  screen: Screen,
  withinMs: number,
): Promise<Pick<FaultRow, 'untilKnown' | 'status' | 'sentence'>> {
  const began = performance.now();
  const said = () =>
    stage.said?.(screen) ?? (screen.status().warns ? screen.status().lines[0] : '');
  const sentence = await eventually(
    `${title}: a sentence for the user`,
    () => Promise.resolve(said() ?? ''),
    (text) => says.test(text),
    withinMs,
  );
  const untilKnown = performance.now() - began;
  const status = screen.status().text;
  await expectFigures(figures, screen);
  return { untilKnown, status, sentence };
}

interface Look {
  readonly warns: boolean;
  readonly words: string;
  readonly withFigures: number;
  /** In ms since 1970; 0: never. */
  readonly readAt: number;
}

function look(screen: Screen): Promise<Look> {
  const { answer, readAt = 0 } = screen.figures();
  const { warns, text, lines } = screen.status();
  const withFigures = answer?.rows.filter((row) => row.figures).length ?? 0;
  const words = `${text}: ${lines.join(' ')}`;
  return Promise.resolve({ warns, words, withFigures, readAt: readAt / 1_000 });
}

const isWell = ({ warns, withFigures }: Look): boolean => !warns && withFigures > 0;

async function expectFigures(figures: FaultRow['figures'], screen: Screen): Promise<void> {
  if (figures === 'gone') {
    await eventually(
      'no figures of what is gone',
      () => look(screen),
      ({ withFigures }) => withFigures === 0,
    );
    return;
  }
  assert.ok((await look(screen)).withFigures > 0, 'the figures are gone');
  if (figures === 'stay') assert.match(screen.message(), / Metrics are from .+ ago\.$/);
}

const isSocket = (thing: string): boolean => thing.endsWith(' socket');

/** What of these doesn't close by itself in a while. */
async function leftOver(
  before: ReadonlyMap<string, number>,
  isMeant: (thing: string) => boolean = () => true,
  withinMs = closedWithinMs,
): Promise<readonly string[]> {
  const rest = () => Promise.resolve(openedSince(before).filter(isMeant));
  const isNone = (things: readonly string[]) => things.length === 0;
  return eventually('nothing left open', rest, isNone, withinMs).catch(rest);
}
