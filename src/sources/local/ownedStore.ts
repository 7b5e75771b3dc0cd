import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { message } from '../../core/base/message.ts';
import { isSourceError, SourceError } from '../../core/base/sourceError.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { DroppedSpans } from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { noneDropped } from '../droppedSpanList.ts';
import { damageOnDisk } from './database/health.ts';
import { asSourceError, damaged } from './database/storeError.ts';
import { writeDropped } from './ingest/droppedWriter.ts';
import { keepWithin, type RetentionLimits } from './ingest/retention.ts';
import { openSoundStore, putStoreAside } from './soundStore.ts';

/** The store while this process fills it. */
export interface OwnedStore {
  /** False once its file was deleted, replaced or damaged: what is written into it then can't be read. */
  readonly isUsable: boolean;
  /** Keeps the spans of a delivery, and how many of it could not be read. @throws SourceError when it can't. */
  write(spans: readonly RawSpan[], dropped?: DroppedSpans): void;
  /** Gives its file another name where it is damaged. */
  close(): Promise<void>;
}

export interface OwnedStoreEvents {
  readonly onError: (error: unknown) => void;
  /** The store that was there got another name: what happened and what to do, for the user. */
  readonly onPutAside: (sentence: string) => void;
}

const sweepEvery = 20_000;
/** Between slices of a sweep, for deliveries. */
const rest = 5;
/** While spans come, pages are checked this often, and with a hundredth of the time at most, in ms. */
const checkEvery = 2_000;
const checkShare = 0.01;
const now = () => epochFromMilliseconds(Date.now());

/** @throws SourceError when the store can't be opened or made. */
export function openOwnedStore(
  path: string,
  limits: RetentionLimits,
  { onError, onPutAside }: OwnedStoreEvents,
): OwnedStore {
  makeFolder(path);
  const { database, writer } = openSoundStore(path, onPutAside);
  const inode = inodeOf(path);
  let damage: SourceError | undefined;
  let nextCheck = Date.now() + checkEvery;
  /** Nothing was written since the last check. */
  let isChecked = true;
  const closing = new AbortController();
  const isClosing = () => closing.signal.aborted;
  const sweeping = sweepRegularly();

  async function sweepRegularly(): Promise<void> {
    while (!isClosing()) {
      try {
        await keepWithin(database, writer, limits, now(), () => pause(rest, undefined, closing));
      } catch (error) {
        if (!isClosing()) onError(noted(error));
      }
      await pause(sweepEvery, undefined, closing).catch(() => undefined);
    }
  }

  /** Checks the pages on disk when that is due. @returns what is wrong with them. */
  function knownDamage(): SourceError | undefined {
    const began = Date.now();
    if (damage !== undefined || began < nextCheck) return damage;
    try {
      const found = damageOnDisk(path);
      if (found !== undefined) throw damaged(path, new Error(found));
    } catch (error) {
      onError(noted(error));
    }
    const ended = Date.now();
    nextCheck = ended + Math.max(checkEvery, (ended - began) / checkShare);
    isChecked = true;
    return damage;
  }

  /** The error in words. One that tells of damage is the end of this store; after any other its pages are checked. */
  function noted(error: unknown): unknown {
    const inWords = asSourceError(error, path);
    if (isSourceError(inWords) && inWords.code === 'malformed') damage ??= inWords;
    else nextCheck = 0;
    return inWords;
  }

  const isThere = () => inodeOf(path) === inode;

  return {
    get isUsable() {
      return isThere() && (isChecked ? damage : knownDamage()) === undefined;
    },
    write(spans, dropped = noneDropped) {
      if (!isThere()) throw storeIsGone(path);
      const found = knownDamage();
      if (found) throw found;
      isChecked = false;
      try {
        writer.write(spans, now());
        writeDropped(database, dropped, now());
      } catch (error) {
        throw noted(error);
      }
    },
    async close() {
      closing.abort();
      await sweeping;
      database.close();
      if (damage && isThere()) onPutAside(putStoreAside(path, damage));
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw asSourceError(error, path);
  }
}

const inodeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino;

const storeIsGone = (path: string) =>
  new SourceError(
    'failed',
    message('The trace database {0} was deleted or replaced. Opening a new one.', path),
  );
