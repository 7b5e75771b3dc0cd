import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { asSourceError, openForWriting } from './database/open.ts';
import { keepWithin, type RetentionLimits } from './ingest/retention.ts';
import { SpanWriter } from './ingest/spanWriter.ts';

/** The store while this process fills it. */
export interface OwnedStore {
  /** False once its file was deleted or replaced: what is written into it then is in no file. */
  readonly isThere: boolean;
  /** @throws SourceError when they can't be kept. */
  write(spans: readonly RawSpan[]): void;
  close(): Promise<void>;
}

const sweepEvery = 20_000;
/** Between slices of a sweep, for deliveries. */
const rest = 5;
const now = () => epochFromMilliseconds(Date.now());

/** @throws SourceError when the store can't be opened or made. */
export function openOwnedStore(
  path: string,
  limits: RetentionLimits,
  onError: (error: unknown) => void,
): OwnedStore {
  mkdirSync(dirname(path), { recursive: true });
  const database = openForWriting(path);
  const inode = inodeOf(path);
  const isThere = () => inodeOf(path) === inode;
  const writer = new SpanWriter(database);
  const closing = new AbortController();
  const isClosing = () => closing.signal.aborted;
  const sweeping = sweepRegularly();

  async function sweepRegularly(): Promise<void> {
    while (!isClosing()) {
      try {
        await keepWithin(database, writer, limits, now(), () => pause(rest, undefined, closing));
      } catch (error) {
        if (!isClosing()) onError(asSourceError(error, path));
      }
      await pause(sweepEvery, undefined, closing).catch(() => undefined);
    }
  }

  return {
    get isThere() {
      return isThere();
    },
    write(spans) {
      if (!isThere()) throw storeIsGone(path);
      try {
        writer.write(spans, now());
      } catch (error) {
        throw asSourceError(error, path);
      }
    },
    async close() {
      closing.abort();
      await sweeping;
      database.close();
    },
  };
}

const inodeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino;

const storeIsGone = (path: string) =>
  new SourceError(
    'unreachable',
    message('The trace store {0} was deleted or replaced: a new one is being opened.', path),
  );
