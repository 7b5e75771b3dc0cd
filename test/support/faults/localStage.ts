import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import { freePort } from '../freePort.ts';
import { sendOtlp } from '../sendOtlp.ts';
import { makeSpan } from '../span.ts';
import type { Fault, FaultStage } from './fault.ts';
import type { Screen } from './screen.ts';

/** A window's own store and the port it receives at. */
export interface LocalStage {
  readonly folder: string;
  readonly databasePath: string;
  readonly port: number;
  /** A request of one route, a moment ago, as an exporter sends it. @throws AssertionError where it isn't taken */
  readonly send: () => Promise<void>;
}

export interface OnLocal extends Omit<Fault, 'stage'> {
  /** Before the window opens. */
  readonly opening?: (stage: LocalStage) => void;
  readonly begin: (stage: LocalStage, screen: Screen) => Promise<void> | void;
  readonly end: (stage: LocalStage, screen: Screen) => Promise<void> | void;
  readonly said?: (screen: Screen) => string | undefined;
  /** Ends what `begin` left. */
  readonly close?: (stage: LocalStage) => Promise<void> | void;
}

/** A fault of a window that receives spans itself. After its end spans are sent until they are taken. */
export const onLocal = ({ opening, begin, end, said, close, ...fault }: OnLocal): Fault => ({
  ...fault,
  stage: async (): Promise<FaultStage> => {
    const folder = await mkdtemp(join(tmpdir(), 'spanhop-fault-'));
    const store = join(folder, 'store');
    await mkdir(store);
    const databasePath = join(store, 'traces.db');
    const port = await freePort();
    const send = () =>
      sendOtlp(`http://127.0.0.1:${String(port)}`, [
        makeSpan({
          id: randomBytes(8).toString('hex'),
          traceId: randomBytes(16).toString('hex'),
          name: 'GET /orders/:id',
          kind: 'server',
          start: (Date.now() - 1_000) * 1_000,
          duration: 20_000,
          attributes: { 'http.request.method': 'GET', 'http.route': '/orders/:id' },
        }),
      ]);
    const stage = { folder, databasePath, port, send };
    opening?.(stage);
    const sendSoon = () => eventually('spans are taken', send, () => true, 60_000);
    return {
      settings: () => ({ kind: 'local', databasePath }),
      receiver: { databasePath, port },
      opened: sendSoon,
      begin: async (screen) => begin(stage, screen),
      end: async (screen) => {
        await end(stage, screen);
        await sendSoon();
      },
      ...(said && { said }),
      close: async () => {
        await close?.(stage);
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
});
