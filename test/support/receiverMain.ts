import { startReceiver } from '../../src/engine/receiver.ts';

/** The process of `startReceiverProcess`: store, port and host as arguments, states to its parent. */
const [databasePath = '', port = '0', host = '127.0.0.1'] = process.argv.slice(2);
const tell = (message: object) => process.send?.(message);
const receiver = startReceiver({
  workerPath: new URL('../../src/sources/local/receiverWorker.ts', import.meta.url),
  databasePath,
  port: Number(port),
  host,
  maxBytes: 100_000_000,
  maxAgeHours: 24,
  log: { info: () => undefined, warn: () => undefined, error: console.error },
  onState: (state) => {
    tell({ state });
    if (state.kind === 'stopped') process.disconnect();
  },
  onNotice: (notice) => tell({ notice }),
  onSpans: (received) => tell({ received }),
});
process.on('message', () => receiver.dispose());
process.on('disconnect', () => receiver.dispose());
