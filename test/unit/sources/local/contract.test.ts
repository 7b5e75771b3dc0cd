import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { startReceiverProcess } from '../../../support/receiverProcess.ts';
import { sendOtlp } from '../../../support/sendOtlp.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { describeTraceSource } from '../../../support/sourceContract.ts';

describeTraceSource('the local store behind its receiver', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-contract-'));
  const databasePath = join(folder, 'traces.db');
  const receiver = startReceiverProcess(databasePath, 0);
  const { port } = await receiver.reach('listening');
  return {
    source: openLocalSource({ databasePath, log: silentLog }),
    send: (spans) => sendOtlp(`http://127.0.0.1:${port}`, spans),
    close: async () => {
      await receiver.close();
      await rm(folder, { recursive: true });
    },
  };
});
